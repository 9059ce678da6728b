import { fold } from '$/features/places/outline';

/**
 * Words that may speak of somebody in need, by topic. Compared with folded text (no marks, lower case),
 * on the device only. A false alarm costs one tap; a miss would put a victim's story before a council.
 */
const SIGNS: [topic: string, sign: RegExp][] = [
  ['child', /(abuz|keqtrajt|perdhun|shfrytez|ngacm|rreh)\w*( \w+){0,4} (femij|i mitur|e mitur|te mitur|vajz\w* e vog|djal\w* i vog|nxenes)/],
  ['child', /(femij|i mitur|e mitur|te mitur|nxenes)\w*( \w+){0,4} (abuz|keqtrajt|perdhun|shfrytez|seksual|e rreh|i rreh|rrihet)/],
  ['child', /\b(child|minor|kid)\w*( \w+){0,4} (abus|beat|rape|molest|exploit)|(abus|beat|rape|molest|exploit)\w*( \w+){0,4} (child|minor|kid)/],
  ['domestic', /dhun\w* ne familje|dhun\w* familjar|domestic violence/],
  ['domestic', /\b(burri|bashkeshort|gruaj|grua|gruas|nena|nenen|babai|babain|djali|vjehrr|kunat|i fejuar|e fejuar)\w*( \w+){0,5} (me rreh|e rreh|i rreh|rreh|dhunon|kercenon|vrase|mbyll)/],
  ['domestic', /(me|na|e|i) (rreh|dhunon|kercenon)( \w+){0,2} (burri|bashkeshorti|babai|djali|vjehrr|i fejuari)/],
  ['domestic', /my (husband|wife|father|partner|boyfriend)( \w+){0,4} (beat|hit|hurt|threaten)/],
  ['gbv', /perdhun|ngacm\w* seksual|sulm\w* seksual|\braped?\b|sexual(ly)? (assault|harass)/],
  ['blackmail', /shantazh|me kercenon\w*( \w+){0,4} (foto|video|pamje)|blackmail/],
  ['drug-grow', /(mbjell|kultiv|parcel|rrit)\w*( \w+){0,3} (drog|kanabis|hashash|marihuan)|(cannabis|marijuana) (plant|grow|field)/],
  ['organised', /trafik\w* (me |e |te )?(njerez|qenie|drog|arm)|human trafficking|mafi\w*|fajde/],
  ['extremism', /radikaliz|ekstremiz|xhihad|terroriz|terrorist/],
];

/** The topic whose help should be offered, if any. */
export function sensitiveTopic(text: string): string | undefined {
  const plain = fold(text).replace(/[^a-z0-9]+/g, ' ');
  return SIGNS.find(([, sign]) => sign.test(plain))?.[0];
}
