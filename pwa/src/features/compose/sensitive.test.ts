import { describe, expect, it } from 'vitest';
import { sensitiveTopic } from './sensitive';

describe('words of somebody in need', () => {
  it.each([
    ['Ka dhunë në familje te pallati ynë', 'domestic'],
    ['dhune ne familje', 'domestic'],
    ['Fqinji im e rreh çdo natë; burri më rreh mua', 'domestic'],
    ['Më kërcënon burri që do të më vrasë', 'domestic'],
    ['Abuzimi i një fëmije në shkollë', 'child'],
    ['Një fëmijë në lagje keqtrajtohet nga të rriturit', 'child'],
    ['E përdhunuan një vajzë pas stadiumit', 'gbv'],
    ['Më bëjnë shantazh me fotografi', 'blackmail'],
    ['Në kodër kanë mbjellë kanabis', 'drug-grow'],
    ['My husband often beats me', 'domestic'],
  ])('notices: %s', (text, topic) => {
    expect(sensitiveTopic(text)).toBe(topic);
  });

  it.each([
    'Rruga e Rinisë pa drita që nga shtatori, fëmijët kthehen në errësirë',
    'Makinat nuk ndalen para shkollës',
    'Zjarre në kodër sa herë mbaron vjelja e ullirit',
    'Të mitur që ngasin motorë pa kaskë',
    'Sherre natën te parku pas lokaleve',
    'Children cross the road without a zebra crossing',
  ])('leaves alone: %s', (text) => {
    expect(sensitiveTopic(text)).toBeUndefined();
  });
});
