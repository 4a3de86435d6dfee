import { describe, expect, it } from 'vitest';
import { applyEdits } from '../pipeline/edit-pipeline.ts';
import { parsePipeline } from '../pipeline/parse-pipeline.ts';
import { renameEverywhere, usesRenamed } from './rename.ts';

const renamed = (source: string, mode: 'js' | 'md' = 'js', keeps = false): string | null => {
	const edits = usesRenamed({ source, mode }, 'seuil', 'minimum', keeps);
	return edits && applyEdits(source, edits);
};

describe('a name that becomes another', () => {
	it.each([
		['seuil + seuil * 2', 'minimum + minimum * 2'],
		['const a = {seuil, b: seuil};', 'const a = {seuil: minimum, b: minimum};'],
		['`${seuil} $`', '`${minimum} $`'],
		['typeof seuil', 'typeof minimum'],
		// Texts, comments, parts of objects and names that hide it stay.
		['"seuil" + a.seuil + seuil // seuil', '"seuil" + a.seuil + minimum // seuil'],
		['[1].map((seuil) => seuil)', '[1].map((seuil) => seuil)'],
		[
			'[seuil].map((x) => { const seuil = x; return seuil; })',
			'[minimum].map((x) => { const seuil = x; return seuil; })'
		],
		['({seuil: 1}).seuil', '({seuil: 1}).seuil'],
		['seuils + monseuil', 'seuils + monseuil'],
		// What is handed to a table has its name there too.
		[
			't.params({seuil}).filter((d, $) => d.seuil > $.seuil)',
			't.params({minimum}).filter((d, $) => d.seuil > $.minimum)'
		],
		[
			't.params({seuil}).derive({a: (d, p) => p.seuil, b: (d) => d.seuil})',
			't.params({minimum}).derive({a: (d, p) => p.minimum, b: (d) => d.seuil})'
		],
		[
			't.params({seuil: seuil}).filter((d, $) => d.x > $.seuil)',
			't.params({seuil: minimum}).filter((d, $) => d.x > $.seuil)'
		],
		[
			't.params({seuil, minimum: 3}).filter((d, $) => $.minimum > $.seuil)',
			't.params({seuil: minimum, minimum: 3}).filter((d, $) => $.minimum > $.seuil)'
		],
		['const a = ;seuil', 'const a = ;seuil']
	])('%s', (source, after) => expect(renamed(source)).toBe(after));

	it('is read in the texts of a text cell, and nowhere else in it', () => {
		expect(renamed('Le seuil est ${seuil}, ${"seuil"}.', 'md')).toBe(
			'Le seuil est ${minimum}, ${"seuil"}.'
		);
	});

	it('leaves a step a step', () => {
		const step = 'const a = t\n  .params({seuil})\n  .filter((d, $) => d.x >= $.seuil);';
		const after = renamed(step) ?? '';
		expect(parsePipeline(after)?.steps).toHaveLength(1);
		expect(parsePipeline(after)?.steps[0]?.step.kind).toBe('filter');
	});

	it('goes nowhere that the new name means something else', () => {
		expect(renamed('[1].map((minimum) => minimum + seuil)')).toBeNull();
		expect(renamed('const minimum = seuil;')).toBeNull();
		expect(renamed('[1].map((minimum) => minimum) + seuil')).toBe(
			'[1].map((minimum) => minimum) + minimum'
		);
	});

	it('follows in every cell but its own, or in none', () => {
		const cells = [
			{ id: 'a', mode: 'js' as const, source: 'const seuil = 3' },
			{ id: 'b', mode: 'js' as const, source: 'seuil + 1' },
			{ id: 'c', mode: 'md' as const, source: '${seuil}' },
			{ id: 'd', mode: 'js' as const, source: '1 + 1' }
		];
		const found = renameEverywhere(cells, 'a', 'seuil', 'minimum');
		expect([...(found ?? [])].map(([id]) => id)).toEqual(['b', 'c']);
		const stuck = { id: 'e', mode: 'js' as const, source: '((minimum) => seuil)(1)' };
		expect(renameEverywhere([...cells, stuck], 'a', 'seuil', 'minimum')).toBeNull();
	});

	it('keeps the name that a table was handed, where another cell reads it', () => {
		const cells = [
			{ id: 'a', mode: 'js' as const, source: 'const t2 = t.params({seuil});' },
			{ id: 'b', mode: 'js' as const, source: 't2.filter((d, $) => d.x > $.seuil)' }
		];
		const found = renameEverywhere(cells, 'z', 'seuil', 'minimum');
		expect([...(found?.keys() ?? [])]).toEqual(['a']);
		expect(applyEdits(cells[0]?.source ?? '', found?.get('a') ?? [])).toBe(
			'const t2 = t.params({seuil: minimum});'
		);
	});
});
