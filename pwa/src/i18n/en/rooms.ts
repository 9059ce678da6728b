import type { Translation } from '../dictionary.svelte';
import type { rooms as albanian } from '../sq/rooms';

export const rooms: Translation<typeof albanian> = {
  'decide.lead': 'Here residents decide openly what comes first.',
  'decide.empty.title': 'No consultation is open',
  'decide.empty.text':
    'When the council opens the setting of priorities or a public consultation, you will find it here with its deadline and the way it is counted.',
  'decide.place': 'Choose your municipality to see what its council asks.',
  'decide.past': 'Earlier consultations',
  'decide.how.title': 'How it will be decided',
  'decide.how.1': 'Residents say what worries them, all year round.',
  'decide.how.2': 'Each verified resident rates some of the concerns. Nobody sees whose vote it is.',
  'decide.how.3': 'The result and the way it was calculated are published; anyone can count again.',
  'decide.until': 'Until then: support what worries you too, or say something new.',

  'council.lead':
    'The Local Public Safety Council (KVSP) brings to one table those who can make the municipality safer.',
  'council.who': 'Who is in the council',
  'council.who.others':
    'Around them: schools, civil society, religious communities, village heads, the youth council, the health service, business and the media.',
  'council.does': 'What happens with a concern',
  'council.none.title': 'This municipality has no council yet',
  'council.none.text':
    'Councils have been set up in 58 of Albania’s 61 municipalities. You can read here, but concerns are not taken. For something urgent call 112 or 129, or turn to your municipality.',

  'data.lead': 'Where the names, boundaries and figures you see here come from.',
  'data.study':
    'The idea and the requirements come from the IDM study on Local Public Safety Councils (Xhaho, Bllaca; Tirana 2024).',
  'data.codes': 'Codes and population of municipalities (2011 census): Eurostat. Seats: GeoNames, CC BY 4.0.',
  'data.outlines': 'Municipal boundaries: data from Who’s On First, CC0.',
  'data.units':
    'Administrative units: © OpenStreetMap contributors, ODbL; through albaniaelectiondata, CC BY-SA 4.0.',
  'data.font': 'Typeface: Bricolage Grotesque by Mathieu Triay, SIL Open Font License 1.1.',
  'data.code': 'The program is open, under the AGPL 3.0 licence.',
  'data.note': 'Found a mistake in a name or boundary? Tell us with a concern or at your municipality.',
  'council.who.municipality': 'Lighting, roads, parks, inspections, social services.',
  'council.who.police': 'Public order, traffic, preventing and investigating crime.',
  'council.who.prosecution': 'Prosecuting and leading investigations. It speaks of trends, not of cases.',
  'council.does.1.title': 'It is read',
  'council.does.1.text': 'The secretariat reads it, removes names of persons and publishes it, or tells you why not.',
  'council.does.2.title': 'It is supported',
  'council.does.2.text': 'Others say “me too”. The number does not change the order by itself.',
  'council.does.3.title': 'It gets an answer',
  'council.does.3.text':
    'Done, partly done, planned (with a deadline and a lead institution), not possible (why) or not ours (whose).',
  'council.does.4.title': 'It does not disappear',
  'council.does.4.text': 'Every step stays visible, also when the answer is late.',
};
