/** What is wrong with a box, in a sentence a journalist can print. The twin of refusal.rs. */
export const SENTENCES = {
  unreadable: {
    en: 'This file is not a ballot box that can be recounted.',
    sq: 'Ky skedar nuk është një kuti votimi që mund të rinumërohet.',
  },
  weak_key: {
    en: "The institution's key is not of the required kind, so its signatures prove nothing.",
    sq: 'Çelësi i institucionit nuk është i llojit të kërkuar, ndaj nënshkrimet e tij nuk vërtetojnë asgjë.',
  },
  repeated_issuer: {
    en: 'The institution uses the key of another one, so one institution counts as two.',
    sq: 'Institucioni përdor çelësin e një institucioni tjetër, ndaj një institucion llogaritet si dy.',
  },
  swapped_key: {
    en: "The institution's key is not the one that was announced before the vote.",
    sq: 'Çelësi i institucionit nuk është ai që u njoftua para votimit.',
  },
  wrong_statement: {
    en: 'The institution did not sign this statement about the rules and about what it issued.',
    sq: 'Institucioni nuk e ka nënshkruar këtë deklaratë për rregullat dhe për sa ka lëshuar.',
  },
  more_tokens_than_accounts: {
    en: 'The institution issued more voting tokens than its verified residents were entitled to.',
    sq: 'Institucioni ka lëshuar më shumë të drejta vote sesa u takonin banorëve të verifikuar.',
  },
  wrong_reveal: {
    en: 'The random number the institution revealed is not the one it had committed to.',
    sq: 'Numri i rastit që zbuloi institucioni nuk është ai për të cilin ishte zotuar.',
  },
  wrong_beacon: {
    en: "The public draw that assigns concerns does not follow from the institutions' numbers.",
    sq: 'Shorti publik që cakton shqetësimet nuk del nga numrat e institucioneve.',
  },
  dropped_item: {
    en: 'The box holds fewer votes than were published: votes were removed.',
    sq: 'Kutia e votimit ka më pak vota sesa janë publikuar: janë hequr vota.',
  },
  added_item: {
    en: 'The box holds more votes than were published: votes were added.',
    sq: 'Kutia e votimit ka më shumë vota sesa janë publikuar: janë shtuar vota.',
  },
  duplicate_token: {
    en: 'The same voting token was counted twice.',
    sq: 'E njëjta e drejtë vote është numëruar dy herë.',
  },
  reordered: {
    en: 'The votes are not in the prescribed order, so they could tell when they were cast.',
    sq: 'Votat nuk janë në renditjen e caktuar, ndaj mund të tregojnë kur janë hedhur.',
  },
  wrong_assignment: {
    en: 'The vote rates a concern that the public draw did not assign to it.',
    sq: 'Vota vlerëson një shqetësim që shorti publik nuk ia ka caktuar.',
  },
  value_out_of_range: {
    en: 'The vote has a value that the ballot does not offer.',
    sq: 'Vota ka një vlerë që fleta e votimit nuk e lejon.',
  },
  too_few_signatures: {
    en: 'Too few institutions signed the voting token of this vote.',
    sq: 'Të drejtën e kësaj vote e kanë nënshkruar më pak institucione sesa duhen.',
  },
  bad_token_signature: {
    en: 'The vote was changed after the voter signed it, or no voter ever signed it.',
    sq: 'Vota është ndryshuar pasi e nënshkroi votuesi, ose nuk e ka nënshkruar asnjë votues.',
  },
  bad_issuer_signature: {
    en: "The institution's signature on this vote is forged: it never issued the token.",
    sq: 'Nënshkrimi i institucionit te kjo votë është i rremë: ai nuk e ka lëshuar këtë të drejtë vote.',
  },
  more_items_than_tokens: {
    en: 'The box holds more votes signed by the institution than it says to have issued.',
    sq: 'Kutia e votimit ka më shumë vota të nënshkruara nga institucioni sesa ai thotë se ka lëshuar.',
  },
  wrong_root: {
    en: 'The published fingerprint of the box does not match the votes in it.',
    sq: 'Gjurma e publikuar e kutisë së votimit nuk përputhet me votat që ka brenda.',
  },
  bad_receipt: {
    en: 'This receipt does not belong to any published state of the box.',
    sq: 'Kjo dëftesë nuk i përket asnjë gjendjeje të publikuar të kutisë së votimit.',
  },
  changed_item: {
    en: 'The vote of this receipt is in the box with another content.',
    sq: 'Vota e kësaj dëftese është në kutinë e votimit me përmbajtje tjetër.',
  },
  wrong_result: {
    en: 'The published result is not what the votes in the box add up to.',
    sq: 'Rezultati i publikuar nuk është ai që del nga votat në kutinë e votimit.',
  },
} as const;

export type Code = keyof typeof SENTENCES;
type Language = 'sq' | 'en';

const PLACES: Record<string, Record<Language, string>> = {
  item: { en: 'Vote no.', sq: 'Vota nr.' },
  issuer: { en: 'Institution no.', sq: 'Institucioni nr.' },
  root: { en: 'Published fingerprint no.', sq: 'Gjurma e publikuar nr.' },
  receipt: { en: 'Receipt no.', sq: 'Dëftesa nr.' },
  row: { en: 'Row no.', sq: 'Rreshti nr.' },
};

/** The sentence with its place in front: `Vote no. 5, institution no. 1: …`; people count from 1. */
export function inWords({ code, place }: { code: Code; place: string }, language: Language): string {
  const sentence = SENTENCES[code][language];
  const named = [...place.matchAll(/(item|issuer|root|receipt|row) (\d+)/g)].map(
    ([, kind = '', number]) => `${PLACES[kind]?.[language]} ${Number(number) + 1}`,
  );
  const [first, ...more] = named;
  if (first === undefined) return sentence;
  return `${[first, ...more.map((name) => name.charAt(0).toLowerCase() + name.slice(1))].join(', ')}: ${sentence}`;
}
