import type { Institution, Role } from '$/api/types';

/**
 * What a seat is there for, to start from: in Albanian whatever the app speaks, since it is annexed to a description
 * of work. The secretary changes it as the institution wants it.
 */
type Of = { institution: Institution; role: Role; chairs: boolean };

const EVERYBODY = [
  'Merr pjesë në mbledhjet e këshillit; kur nuk mundet, lajmëron dhe vjen zëvendësuesi.',
  'Flet dhe merr angazhime në emër të institucionit, me afat.',
  'U përgjigjet brenda afatit shqetësimeve që i takojnë institucionit, me fjalë të thjeshta dhe me arsye.',
  'Drejton masat e institucionit në planin e këshillit dhe raporton për to në kohë, edhe kur vonohen.',
  'Ua tregon titullarit dhe kolegëve çfarë vendosi këshilli.',
];
const BRINGS: Record<Institution, string> = {
  municipality: 'Sjell në mbledhje gjendjen e ndriçimit, rrugëve, parqeve, inspektimeve dhe shërbimeve sociale.',
  police: 'Sjell në mbledhje tendencat e rendit, qarkullimit dhe parandalimit sipas njësive administrative, pa të dhëna personale.',
  prosecution: 'Sjell në mbledhje tendencat e ndjekjes penale: jo çështje, jo emra.',
  school: 'Sjell në mbledhje çfarë shqetëson nxënësit, mësuesit dhe prindërit, pa emra nxënësish.',
  civil_society: 'Sjell në mbledhje zërin e grupeve që nuk vijnë vetë.',
  religious: 'Sjell në mbledhje çfarë shqetëson bashkësinë dhe ndihmon që njoftimet të arrijnë te të gjithë.',
  business: 'Sjell në mbledhje çfarë shqetëson bizneset dhe punëmarrësit e tyre.',
  media: 'Sjell në mbledhje pyetjet e publikut; nga këshilli publikon vetëm atë që është publike.',
  village_head: 'Sjell në mbledhje çfarë shqetëson fshatin dhe i kthen fshatit përgjigjet.',
  youth_council: 'Sjell në mbledhje çfarë shqetëson të rinjtë dhe u tregon atyre çfarë u bë.',
  health: 'Sjell në mbledhje tendencat që lidhen me sigurinë, pa të dhëna pacientësh.',
};
const SECRETARY = [
  'Lexon çdo shqetësim, heq emrat e personave dhe e publikon, ose tregon pse jo.',
  'Përgatit rendin e ditës, shpall mbledhjet, mban procesverbalin dhe e publikon.',
  'Ndjek afatet e përgjigjeve, të masave dhe të konsultimeve.',
  'Mban rregulloren, detyrat e vendeve dhe regjistrin e trajnimeve.',
];
const CHAIR = [
  'Thërret dhe drejton mbledhjet; kujdeset që çdo pikë të mbyllet me një angazhim, me një shtyrje ose për njohuri.',
  'Ndjek masat me vonesë dhe e ngre çështjen te institucioni që i drejton.',
  'Përgjigjet për raportin e vitit.',
];
const ALWAYS = [
  'Ruan fshehtësinë: nuk kërkon kush ka shkruar pa emër dhe nuk nxjerr të dhëna personale.',
  'E thotë kur ka konflikt interesi dhe nuk merr pjesë në shqyrtimin e asaj çështjeje.',
  'Trajnohet brenda gjashtë muajve nga marrja e vendit.',
  'Kur largohet, vendi i mbetet institucionit me gjithçka që ka premtuar.',
];

export function startingText({ institution, role, chairs }: Of): string {
  const points = [...EVERYBODY, BRINGS[institution], ...(chairs ? CHAIR : []), ...(role === 'secretary' ? SECRETARY : []), ...ALWAYS];
  return ['Kush e mban këtë vend:', ...points.map((point, index) => `${index + 1}. ${point}`)].join('\n');
}
