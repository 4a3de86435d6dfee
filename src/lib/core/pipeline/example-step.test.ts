import { describe, expect, it } from 'vitest';
import { exampleStep, verbsOf } from './example-step.ts';
import { sampleTables, type ExampleColumn, type ExampleTable } from './example-table.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { printStep } from './print-step.ts';

/** As the menu of steps names them. */
const INTENTS = (
	'filter sort first top dedupe sample derive select drop rename relocate date bin text summarise running share ' +
	'rank difference join lookup stack pivot unpivot fill flag recode type'
).split(' ');
const column = (name: string, type: ExampleColumn['type'], more: Partial<ExampleColumn> = {}) => ({
	...{ name, type, distinct: null, top: [], ...more }
});
const table = (name: string, ...columns: ExampleColumn[]): ExampleTable => ({
	...{ name, rows: 100, columns }
});

describe('an example of a step', () => {
	it.each(['fr', 'en'] as const)('is found for every intention in the sample, in %s', (lang) => {
		const [sample, ...others] = sampleTables(lang);
		for (const intent of INTENTS) {
			const example = exampleStep(intent, sample, others, lang);
			expect([intent, example]).not.toEqual([intent, null]);
			if (!example) continue;
			// What is written is read back as that step: the panel shows it, and its form opens.
			const source = `const a = ${sample.name}\n  ${printStep(example.step)};`;
			expect([intent, parsePipeline(source)?.steps.map(({ step }) => step)]).toEqual([
				intent,
				[example.step]
			]);
			const names = sample.columns.map(({ name }) => name);
			expect(names).toEqual(expect.arrayContaining([...example.about]));
		}
	});

	it('knows the samples as a profile of their rows would', () => {
		const [sample] = sampleTables('fr');
		expect(sample.columns.find(({ name }) => name === 'note')).toMatchObject({
			...{ type: 'number', missing: 2, min: 3.9, max: 4.7 }
		});
		expect(sample.columns[0]).toMatchObject({
			name: 'ville',
			distinct: 3,
			top: ['Alma', 'Québec', 'Gaspé']
		});
		expect(sample.source).toContain('jour: [new Date("2024-10-12")');
	});

	it('chooses columns by what they hold', () => {
		const codes = column('code', 'integer', { min: 1, max: 99 });
		const price = column('prix', 'number', { min: 10, max: 20.5 });
		const hall = column('salle', 'text', { distinct: 4, top: ['A', 'B'] });
		const names = column('titre', 'text', { distinct: 100, top: ['Un', 'Deux'] });
		const sales = table('ventes', names, codes, hall, price);
		const said = (intent: string, others: ExampleTable[] = []) => {
			const made = exampleStep(intent, sales, others, 'fr');
			return made && printStep(made.step);
		};
		expect(said('filter')).toBe('.filter(d => d.prix >= 15.3)');
		expect(said('top')).toBe('.orderby(aq.desc("prix"))\n  .slice(0, 3)');
		expect(said('summarise')).toContain('.groupby("salle")');
		expect(said('text')).toContain('d.titre');
		// No date, nothing missing, no number in a text, one category, one measure, no other table.
		for (const intent of ['date', 'fill', 'flag', 'type', 'pivot', 'unpivot', 'join', 'stack'])
			expect([intent, said(intent)]).toEqual([intent, null]);
		const places = column('places', 'integer');
		const halls = {
			...table('salles', column('salle', 'text', { distinct: 4 }), places),
			rows: 4
		};
		expect(said('join', [halls])).toBe('.join_left(salles, "salle")');
		expect(said('lookup', [halls])).toBe('.lookup(salles, "salle", "places")');
		// Rows that would come several times, a table that brings nothing, and the table itself.
		expect(said('join', [{ ...halls, rows: 5 }])).toBeNull();
		const bare = { ...table('autre', column('salle', 'text', { distinct: 4 })), rows: 4 };
		expect(said('join', [bare, sales])).toBeNull();
		expect(said('stack', [sales])).toBeNull();
		// Each value once: there is nothing to bring together.
		expect(exampleStep('summarise', { ...sales, rows: 4 }, [], 'fr')).toBeNull();
		expect(exampleStep('sort', { ...sales, rows: 0 }, [], 'fr')).toBeNull();
		expect(exampleStep('unheard', sales, [], 'fr')).toBeNull();
	});

	it('looks at amounts, then at what differs from row to row', () => {
		const places = column('places', 'integer', { distinct: 3, min: 1, max: 9 });
		const sold = column('vendus', 'integer', { min: 1, max: 9 });
		const price = column('prix', 'number', { distinct: 9, valueType: 'money', min: 1, max: 9 });
		const by = (...columns: ExampleColumn[]) =>
			exampleStep('sort', table('t', ...columns), [], 'fr')?.about;
		expect(by(places, sold, price)).toEqual(['prix']);
		expect(by(places, sold)).toEqual(['vendus']);
	});

	it('needs no type to choose, drop, rename or move a column', () => {
		const bare = table('t', column('a', null), column('b', null), column('c', null));
		const found = INTENTS.filter((intent) => exampleStep(intent, bare, [], 'en'));
		expect(found).toEqual(['sort', 'first', 'sample', 'select', 'drop', 'rename', 'relocate']);
	});

	it('tells its verbs', () => {
		const [sample] = sampleTables('en');
		const verbs = (intent: string) => {
			const made = exampleStep(intent, sample, [], 'en');
			return made ? verbsOf(made.step) : [];
		};
		expect(verbs('top')).toEqual(['orderby', 'slice']);
		expect(verbs('summarise')).toEqual(['groupby', 'rollup']);
	});
});
