import { describe, expect, it } from 'vitest';
import { CHART_KINDS } from '$lib/core/chart/chart-spec';
import { parseChart } from '$lib/core/chart/parse-chart';
import { parseControl } from '$lib/core/control/parse-control';
import type { KnownTable } from '../notebook/new-cell';
import { INTENTS } from '../pipeline/intents';
import { exampleOf } from './example';
import { findIntentions, INTENTIONS, TOPICS } from './intentions';

const table: KnownTable = {
	...{ name: 'ventes', rows: 50 },
	columns: [
		{ name: 'salle', type: 'text', distinct: 3, top: ['A', 'B'] },
		{ name: 'billets', type: 'integer', distinct: 40, top: [], missing: 0, min: 2, max: 90 }
	]
};
const one = (id: string) => {
	const found = INTENTIONS.find((each) => each.id === id);
	if (!found) throw new Error(id);
	return found;
};

describe('what can be done', () => {
	it('is every step of the menu and every kind of chart, each in words of its own', () => {
		const ids = INTENTIONS.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.toSorted()).toEqual(
			[
				...INTENTS.map(({ id }) => id),
				...CHART_KINDS.map((kind) => `chart-${kind}`),
				'adjust'
			].toSorted()
		);
		for (const { id, kind, text, hint } of INTENTIONS)
			if (kind !== 'chart') expect([id, text()]).not.toEqual([id, hint()]);
		for (const topic of TOPICS) expect(INTENTIONS.some((each) => each.topic === topic)).toBe(true);
	});

	it('is found by its words, with or without accents, in either language', () => {
		const first = (typed: string) => findIntentions(typed)[0]?.id;
		expect(first('top')).toBe('top');
		expect(first('PALMARÈS')).toBe('top');
		expect(first('palmares')).toBe('top');
		expect(first('reglable')).toBe('adjust');
		expect(first('vlookup')).toBe('lookup');
		expect(first('nuage')).toBe('chart-dots');
		expect(first('scatter')).toBe('chart-dots');
		expect(findIntentions('zzz')).toEqual([]);
		expect(findIntentions(' ')).toBe(INTENTIONS);
	});
});

describe('its example', () => {
	it.each(INTENTIONS.map(({ id }) => id))('of %s is found on the sample', (id) => {
		const made = exampleOf(one(id), [], new Set(), 'fr');
		expect(made).toMatchObject({ table: null });
		expect(made?.verbs.length).toBeGreaterThan(0);
		// It runs where none of its tables is: each is written out.
		expect(made?.head).toMatch(/^aq\.table\(/);
		for (const text of [made?.head, ...(made?.steps ?? []), made?.chart])
			expect(text ?? '').not.toMatch(/\bexemple/);
		if (id.startsWith('chart-')) expect(parseChart(made?.code ?? '')).not.toBeNull();
	});

	it('is on the first table of the notebook that it fits', () => {
		const empty = { ...table, name: 'vide', rows: 0 };
		const top = exampleOf(one('top'), [empty, table], new Set(), 'fr');
		expect(top).toMatchObject({
			...{ table: { name: 'ventes' }, head: 'ventes', verbs: ['orderby', 'slice'] },
			steps: ['.orderby(aq.desc("billets"))\n  .slice(0, 3)']
		});
		expect(exampleOf(one('date'), [table], new Set(), 'fr')?.table).toBeNull();
		const bars = exampleOf(one('chart-bars'), [empty, table], new Set(), 'fr');
		expect(bars).toMatchObject({ table: { name: 'ventes' }, chart: bars?.code });
		expect(bars?.verbs).toContain('Plot.barX');
		const adjusted = exampleOf(one('adjust'), [table], new Set(['minimum']), 'fr');
		expect(adjusted?.steps).toEqual(['.filter(d => d.billets >= 46)']);
		expect(parseControl(adjusted?.control ?? '')).toMatchObject({ kind: 'range', min: 2, max: 90 });
		expect(adjusted?.verbs).toEqual(['Inputs.range', 'params', 'filter']);
	});
});
