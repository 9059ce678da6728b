import { describe, expect, it } from 'vitest';
import { asked, blank, recall, withParked } from './form';

const parked = [
  { meeting: 'm1', item: 2, title: 'Pyetjet e banorëve', text: '', concern: null, poll: 'p1' },
  { meeting: 'm1', item: 3, title: 'Kthesa pa mbrojtëse', text: 'Me inxhinierin.', concern: 'c1', poll: null },
];

describe('a meeting as it is written', () => {
  it('is begun with what was parked, each once', () => {
    const form = withParked(blank(), parked);
    expect(form.agenda.map(({ title }) => title)).toEqual(['Pyetjet e banorëve', 'Kthesa pa mbrojtëse', '']);
    expect(form.agenda[1]).toMatchObject({ concern: { id: 'c1' }, resumes: { meeting: 'm1', item: 3 } });
    expect(withParked(form, parked)).toEqual(form);
  });

  it('takes in what was parked later, and not again what was taken off', () => {
    const begun = withParked(blank(), parked.slice(0, 1));
    const without = recall(JSON.stringify({ ...begun, title: 'Takim i hapur', agenda: begun.agenda.slice(1) }));
    const now = withParked(without, parked);
    expect(now.title).toBe('Takim i hapur');
    expect(now.agenda.map(({ title }) => title)).toEqual(['Kthesa pa mbrojtëse', '']);
  });

  it('is sent without what is empty', () => {
    const form = { ...blank(), title: ' Takim i hapur ', objective: 'Pyetjet.', on: '2026-12-09', place: 'Shkolla e fshatit ' };
    const sent = asked(withParked({ ...form, agenda: [] }, parked));
    expect(sent).toEqual({
      kind: 'hearing',
      title: 'Takim i hapur',
      objective: 'Pyetjet.',
      on: '2026-12-09',
      from: '17:00',
      until: '19:00',
      place: 'Shkolla e fshatit',
      agenda: [
        { title: 'Pyetjet e banorëve', poll: 'p1', resumes: { meeting: 'm1', item: 2 } },
        { title: 'Kthesa pa mbrojtëse', text: 'Me inxhinierin.', concern: 'c1', resumes: { meeting: 'm1', item: 3 } },
      ],
    });
  });

  it('counts places only where everybody may come', () => {
    const form = { ...blank(), capacity: '40' };
    expect(asked(form)).toMatchObject({ capacity: 40 });
    expect(asked({ ...form, kind: 'council' })).not.toHaveProperty('capacity');
    expect(asked(blank())).not.toHaveProperty('capacity');
  });

  it('answers for a year only where everybody may come', () => {
    const form = { ...blank(), answersFor: '2025' };
    expect(asked(form)).toMatchObject({ answers_for: 2025 });
    expect(asked({ ...form, kind: 'council' })).not.toHaveProperty('answers_for');
    expect(asked(blank())).not.toHaveProperty('answers_for');
  });

  it('names the poll an item is about', () => {
    const item = { title: 'Sa të sigurt ndihen nxënësit', text: '', poll: 'p1' };
    expect(asked({ ...blank(), agenda: [item] }).agenda).toEqual([{ title: 'Sa të sigurt ndihen nxënësit', poll: 'p1' }]);
  });

  it('is begun anew where what was kept is not one', () => {
    expect(recall('{"title":')).toEqual(blank());
    expect(recall('')).toEqual(blank());
  });
});
