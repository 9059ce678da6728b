export const account = {
  'me.title': 'Unë',
  'me.language': 'Gjuha',
  'me.theme': 'Pamja',
  'me.theme.auto': 'Si pajisja',
  'me.theme.light': 'E çelët',
  'me.theme.dark': 'E errët',
  'me.home': 'Bashkia ime',
} as const;
