import { describe, expect, it } from 'vitest';
import { criesForHelp } from './distress';

describe('words of a pupil who may need help', () => {
  it.each([
    'Dua të vdes',
    'ndonjehere dua te vdes dhe skam kujt ti them',
    'du me vdek',
    'Nuk dua të jetoj më',
    "s'dua te jetoj",
    'sdua me jetu',
    'Më mirë të isha i vdekur',
    'do i jap fund jetës',
    'jeta nuk ka kuptim',
    'kam menduar për vetëvrasje',
    'kam menduar te vras veten',
    'e pres veten me brisk',
    'i pres venat',
    'Babai më rreh kur pi',
    'na rrahin ne shtepi',
    'me rrahin cdo dite pas shkolles',
    'mësuesi më godet me vizore',
    'me qelloi njerku me rrip',
    'me kane rrahur disa here',
    'Dikush abuzon me mua',
    'më ngacmon seksualisht një i rritur',
    'me prek pa deshiren time',
    'kam frikë të shkoj në shtëpi',
    'Më kërcënon me fotografi',
    'Dhunë në familje, te ne',
    'I want to die',
    "I don't want to live anymore",
    'sometimes I think about suicide',
    'I keep hurting myself',
    'My dad beats me when he drinks',
    'he touches me and I am afraid',
    'I am scared to go home',
  ])('notices: %s', (text) => {
    expect(criesForHelp(text)).toBe(true);
  });

  it('notices marks written in two parts, as some phones send them', () => {
    expect(criesForHelp('Më rreh babai'.normalize('NFD'))).toBe(true);
  });

  it.each([
    'Më vdiq celulari dhe s’kisha si të telefonoja',
    'vdiq celulari',
    'dua të vdes së qeshuri kur flet ai',
    'dua te vdes nga vapa ne klase',
    'më rreh zemra para provimit',
    'nuk dua të jetoj në këtë lagje pa drita',
    'Nuk ka ndriçim te rruga e shkollës dhe kam frikë natën',
    'Makinat nuk ndalen te shkolla',
    'më goditi topi në fushë',
    'qentë e rrugës na ndjekin',
    'vras kohën në telefon',
    'vritet njeri në atë kryqëzim',
    'ka grindje mes nxënësve në korridor',
    'My phone died on the way home',
    'The ball hit me',
    'I am dying to see the new park',
    'I hurt myself playing football',
    'it beats me why there is no light',
  ])('leaves alone: %s', (text) => {
    expect(criesForHelp(text)).toBe(false);
  });
});
