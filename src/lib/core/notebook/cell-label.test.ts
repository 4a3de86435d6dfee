import { expect, it } from 'vitest';
import { cellLabel } from './cell-label.ts';

it('is the name that it gives, or its first words', () => {
	const js = (source: string) => cellLabel({ mode: 'js', source });
	expect(js('// tri\nconst ventes_été = billets')).toEqual({ named: true, text: 'ventes_été' });
	expect(js('async function compte() {}')).toEqual({ named: true, text: 'compte' });
	expect(js('\n  Plot.plot({})')).toEqual({ named: false, text: 'Plot.plot({})' });
	const chart = (options: string) => js(`Plot.plot({${options}, marks: [Plot.barY(t)]})`).text;
	expect(chart('title: "Ventes \\"nettes\\" par région"')).toBe('Ventes "nettes" par région');
	expect(chart('title: "\\x41"')).toMatch(/^Plot\.plot/);
	expect(chart('title: nom')).toMatch(/^Plot\.plot/);
	expect(chart('title: " "')).toMatch(/^Plot\.plot/);
	expect(js('Inputs.range([0, 1], {title: "Non"})').text).toMatch(/^Inputs/);
	expect(js('')).toEqual({ named: false, text: '' });
	expect(cellLabel({ mode: 'md', source: '\n## Les publics\nTexte' }).text).toBe('Les publics');
	const long = cellLabel({ mode: 'md', source: 'é'.repeat(500) }).text;
	expect([...long]).toHaveLength(60);
});
