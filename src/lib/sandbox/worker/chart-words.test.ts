import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LineageSource } from '../../core/governance/terms.ts';
import { MOST_ROWS } from './chart-words.ts';
import { makePlot, toPicture } from './plot.ts';
import { TestHost } from './test-host.ts';

let host: TestHost;
beforeEach(() => {
	host = new TestHost({ make: makePlot, picture: toPicture });
});
afterEach(() => host.close());

const said = (cell: string): string | null => {
	const [output] = host.outputs.get(cell) ?? [];
	return output?.kind === 'picture' ? output.picture.description : null;
};
const BARS =
	'Plot.plot({marks: [Plot.barX(t, Plot.groupY({x: "sum"}, {x: "n", y: "ville"})), Plot.ruleX([0])]})';
const TABLE = 'const t = aq.table({ville: ["Alma", "Laval", "Alma"], n: [3, 9, 4]});';
const PLAIN = 'Diagramme à barres\u00a0: somme de «\u00a0n\u00a0» par «\u00a0ville\u00a0».';

describe('a chart whose author gave no description', () => {
	it('is described from its data, in the language of the reader', async () => {
		await host.cells({ a: TABLE, b: BARS });
		expect(said('b')).toBe(
			`${PLAIN} 2 valeurs comparées. Le plus élevé\u00a0: Laval (9). Le plus bas\u00a0: Alma (7).`
		);
		host.send({ type: 'locale', lang: 'en', dark: false });
		await host.settled();
		expect(said('b')).toBe(
			'Bar chart: sum of “n” by “ville”. 2 values compared. Highest: Laval (9). Lowest: Alma (7).'
		);
		host.send({ type: 'locale', lang: 'fr', dark: false });
		await host.settled();
	});
	it('keeps the words of an author who gave some', async () => {
		await host.cells({ a: TABLE, b: BARS.replace('({marks', '({ariaLabel: "Deux villes", marks') });
		expect(said('b')).toBe('Deux villes');
	});
	it('is said without figures over a table that is long', async () => {
		const long = (rows: number) =>
			`const t = aq.table({ville: Array.from({length: ${rows}}, (_, i) => i % 2 ? "Alma" : "Laval"), n: Array.from({length: ${rows}}, () => 1)});`;
		await host.cells({ a: long(MOST_ROWS), b: BARS });
		expect(said('b')).toContain('Le plus élevé');
		await host.cells({ a: long(MOST_ROWS + 1), b: BARS });
		expect(said('b')).toBe(PLAIN);
	});
	it.each<[string, Partial<LineageSource>, boolean]>([
		['rows may be published', { publication: 'rows' }, true],
		['groups are counted', { publication: 'rows', minimumGroup: 5 }, false],
		['only aggregates may be', { publication: 'aggregates', minimumGroup: 5 }, false],
		['nothing may be', { publication: 'nothing' }, false]
	])('says figures of a dataset or not where %s', async (_, terms, figures) => {
		host.addFile('v@1.arrow', { ville: ['Alma', 'Laval'], n: [3, 9] }, terms);
		await host.cells({ a: 'const t = FileAttachment("v@1.arrow").arquero();', b: BARS });
		expect(said('b')?.startsWith(PLAIN)).toBe(true);
		expect(said('b')?.includes('Alma (3)')).toBe(figures);
		// A value that was read out of the dataset and typed into a table is no way around.
		await host.cells({
			a: 'const v = FileAttachment("v@1.arrow").arquero();',
			c: 'const t = aq.table({ville: v.array("ville"), n: v.array("n")});',
			b: BARS
		});
		expect(said('b')?.includes('Alma (3)')).toBe(figures);
	});
	it('is never what makes a cell fail', async () => {
		await host.cells({
			a: 'const t = {ville: ["Alma"], n: [2]};',
			b: 'Plot.plot({marks: [Plot.barX([{x: 1}], {x: "x"})]})',
			c: 'Plot.legend({color: {domain: ["a"]}})',
			d: 'const t2 = aq.table({ville: [], n: []});',
			e: BARS.replace('barX(t,', 'barX(t2,')
		});
		expect(['b', 'c', 'd', 'e'].map((id) => host.error(id))).toEqual([null, null, null, null]);
		expect(said('c')).toBe('');
		expect(said('e')).toContain('Aucune donnée.');
	});
});
