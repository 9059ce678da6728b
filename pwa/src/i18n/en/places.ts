import type { Translation } from '../dictionary.svelte';
import type { places as albanian } from '../sq/places';

export const places: Translation<typeof albanian> = {
  'lead':
    'Choose your municipality. The concerns, answers and meetings you see are its own. You can change it at any time.',
  'then_compose': 'Choose the municipality and then go on with your concern.',
  'search': 'Search for a municipality',
  'search.hint': 'e.g. Elbasan, or the old name',
  'locate': 'Find it from my location',
  'locate.note': 'Your location is compared with the boundaries here, on your device. It is not sent anywhere.',
  'locate.working': 'Looking for your location…',
  'locate.failed': 'The device did not give a location. Please choose from the list.',
  'locate.outside': 'This point is not inside any municipality. Please choose from the list.',
  'locate.found': 'You seem to be in {name}.',
  'found_none': 'No municipality has this name. Try fewer letters.',
  'qark': '{name} county',
  'former': 'formerly {name}',
  'no_council': 'no council yet',
  'unit.title': 'Which administrative unit?',
  'unit.lead': 'So that we show first what happens near you. You may leave it open.',
  'unit.all': 'The whole municipality',
};
