import { sensitiveTopic } from '$/features/compose/sensitive';
import { fold } from '$/features/places/outline';

/**
 * Words of a pupil who may need help: of dying by one's own hand, of hurting oneself, of being beaten or abused.
 * Compared with folded text (no marks, lower case), on the device only; all that follows is that help lines are shown.
 * People write as they speak, so forms of the north stand beside those of the standard.
 */
const WHO =
  '(bab|mam|nena|nenen|njerk|vella|vllai|vllau|motra|xhaxh|daj|gjysh|burr|mesues|profesor|shok|djem|djali|vajz|kushur|te dashur|i dashuri|dikush|nje njeri)\\w*';
const HIT = '(godet|godasin|godit\\w*|qell\\w+|shkelmo\\w*|grusht\\w*|dhuno\\w*|rreh|rrah\\w*|mbyll\\w*)';
const WHO_EN =
  '(dad|father|mum|mom|mother|step(father|mother|dad|mum|mom)|brother|sister|uncle|aunt|teacher|boyfriend|girlfriend|parents?|classmates?|boys?|girls?|they|he|she|somebody|someone)';
const HIT_EN = '(beats?|beat|hits?|hurts?|touch(es|ed)?|abuse[sd]?|threaten(s|ed)?|raped|molest(s|ed)?)';

const SIGNS = [
  // Wanting to die in earnest, and not of laughter, hunger or heat.
  String.raw`\b(dua|du|deshiroj|doja|dojsha|mendoj|me vjen|sikur) (te|t|me) (vdes|vdis\w*|vdek\w*)\b(?! (se|nga|prej|per|gaz\w*|urie|etje|vape|turp\w*|merzi\w*))`,
  String.raw`\b((s|nuk) (dua|du)|sdua|sdu) (te (jetoj|rroj)|me (jetu|rru)\w*)\b(?! (ketu|ketej|ne|te|tek|jashte|larg|prane|nen))`,
  String.raw`\b(me mire|sikur) (te )?(isha|kisha|jem)?( )?(i|e)? ?vdekur\b`,
  String.raw`\bfund jetes\b(?! se)|\bjeta( ime)? (s|nuk) ka (kuptim|vlere)|\b(s|nuk) ka kuptim (jeta|te jetoj)`,
  String.raw`\bvet ?e? ?vras|\b(vras|vrava|vrisja|vrase|vra|vari|var) veten\b|\bhidhem (nga|prej) (ballkoni|pallati|ura|kati|dritarja)`,
  // Hurting oneself.
  String.raw`\b(lendo|demto|pres|pre|digj|djeg|godas|gjakos|gervisht)\w* (veten|krahet|krahun|duart|venat|damaret|kyc\w*)\b|\bpritem me (brisk|thik)|\bvet ?e? ?(lendim|lendo|demtim|demto)`,
  // Being beaten. A heart beats, too, and so do sun and rain.
  String.raw`\b(me|na) (rreh|rrehin|rrah|rrahin|rrahu|rrahen|rrafin|rraf)\b(?! (zemra|dielli|shiu|era|pulsi))`,
  String.raw`\b(me|na) ${HIT}( \w+){0,2} ${WHO}\b|\b${WHO}( \w+){0,4} (me|na) ${HIT}\b`,
  String.raw`\b(dhunohem|rrihem|me dhuno\w+|jam (i|e) dhunuar|me kane (rrahur|rrah|dhunuar|abuzuar|perdhunuar))\b`,
  // Abuse, threats, fear of home.
  String.raw`\babuzo\w* me mua\b|\bme abuzo\w+|\babuzohem\b|\bjam abuzuar\b|\bme perdhun\w+|\bme ngacm\w* seksual`,
  String.raw`\bme (prek|preku|prekin|puth|puthi|puthin)\b( \w+){0,3} (pa deshir\w*|pa dashje|kur (s|nuk) dua|me zor|ne trup|intim\w*)`,
  String.raw`\bfrik\w*( \w+){0,2} (te (shkoj|kthehem|hyj)|me (shku|kthy)\w*) ne (shtepi|shpi)\b`,
  String.raw`\bme kerceno(n|jne|i|jn)\b|\bme shantazh\w*`,
  // English.
  String.raw`\b(kill(ing)? myself|suicid\w*|end(ing)? my life|take my (own )?life|better off dead|wish i (was|were) dead)\b`,
  String.raw`\b(want(ed)? to|wanna) die\b(?! (of|from|laughing))|\b(don t|do not|dont) (want to|wanna) (live|be alive)\b(?! (here|in|with|there))`,
  String.raw`\b(hurt(ing)?|cut(ting)?|harm(ing)?|burn(ing)?) myself\b(?! (at|during|while|playing|on) )|\bself harm`,
  String.raw`\b${WHO_EN}( \w+){0,3} ${HIT_EN} me\b`,
  String.raw`\b(i am|i m|im|i was|i get|i got) (being )?(beaten|abused|raped|molested)\b|\b(afraid|scared) (to go|of going) home\b`,
].map((sign) => new RegExp(sign));

/** Topics of the composer for which somebody in a class needs a help line, too. */
const TOPICS = ['child', 'domestic', 'gbv', 'blackmail'];

/** Whether the words may be a cry for help. */
export function criesForHelp(text: string): boolean {
  const plain = fold(text).replace(/[^a-z0-9]+/g, ' ');
  return SIGNS.some((sign) => sign.test(plain)) || TOPICS.includes(sensitiveTopic(text) ?? '');
}
