export const account = {
  'me.title': 'Me',
  'me.language': 'Language',
  'me.theme': 'Appearance',
  'me.theme.auto': 'As the device',
  'me.theme.light': 'Light',
  'me.theme.dark': 'Dark',
  'me.home': 'My municipality',
};
