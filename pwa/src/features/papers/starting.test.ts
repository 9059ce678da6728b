import { describe, expect, it } from 'vitest';
import { INSTITUTIONS } from '$/features/councils/institutions';
import { startingText } from './starting';

describe('what a seat is there for, to start from', () => {
  const member = (institution: (typeof INSTITUTIONS)[number]) => startingText({ institution, role: 'member', chairs: false });

  it('is another text for each institution, as long as the server takes it', () => {
    const texts = [...INSTITUTIONS.map(member), ...INSTITUTIONS.map((institution) => startingText({ institution, role: 'secretary', chairs: true }))];
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text.length, text).toBeLessThanOrEqual(4000);
  });

  it('says what the secretary and the chair do besides', () => {
    const [plain, secretary, chair] = [
      member('police'),
      startingText({ institution: 'police', role: 'secretary', chairs: false }),
      startingText({ institution: 'police', role: 'member', chairs: true }),
    ];
    expect(secretary).toContain('mban procesverbalin');
    expect(chair).toContain('drejton mbledhjet');
    expect(plain).not.toMatch(/mban procesverbalin|drejton mbledhjet/);
  });

  it('counts its points', () => {
    const [head, ...points] = member('school').split('\n');
    expect(head).toBe('Kush e mban këtë vend:');
    expect(points.map((point) => point.split('.')[0])).toEqual(points.map((_, index) => String(index + 1)));
  });
});
