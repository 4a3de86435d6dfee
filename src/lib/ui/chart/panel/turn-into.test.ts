import { describe, expect, it } from 'vitest';
import { missingChannels } from '../../../core/chart/chart-kinds.ts';
import {
	CHART_KINDS,
	channelOf,
	newChart,
	type ChartColumn,
	type ChartProfile,
	type ChartSpec
} from '../../../core/chart/chart-spec.ts';
import { parseChart } from '../../../core/chart/parse-chart.ts';
import { printChart } from '../../../core/chart/print-chart.ts';
import { intervalFor, roleOf, turnInto } from './turn-into.ts';

const column = (name: string, more: Partial<ChartColumn>): ChartColumn => ({
	...{ name, type: 'text', missing: 0, distinct: null, min: null, max: null, top: [] },
	...more
});
const PROFILE: ChartProfile = {
	rows: 1_000,
	columns: [
		column('no', { type: 'integer', valueType: 'identifier', distinct: 1_000 }),
		column('spectacle', { distinct: 400 }),
		column('region', { valueType: 'region', distinct: 17 }),
		column('discipline', { distinct: 6 }),
		column('date', { type: 'date', min: 0, max: 3 * 365 * 86_400_000 }),
		column('billets', { type: 'integer', min: 0, max: 900 }),
		column('recettes', { type: 'number', min: 0, max: 9e4 })
	]
};

describe('a chart of another kind', () => {
	it.each(CHART_KINDS.map((kind) => [kind]))('%s finds the columns that it needs', (kind) => {
		const spec = turnInto(kind, null, 'ventes', PROFILE);
		expect(missingChannels(spec)).toEqual([]);
		const columns = Object.values(spec.channels).flatMap((each) => each?.column ?? []);
		expect(columns).not.toContain('no');
		expect(new Set(columns).size).toBe(columns.length);
		expect(parseChart(printChart(spec, 'fr'))?.spec.kind).toBe(kind);
	});

	it('keeps what was chosen where it fits', () => {
		const bars = turnInto('bars', null, 'ventes', PROFILE);
		const chosen = {
			...bars,
			title: 'Recettes',
			channels: {
				...bars.channels,
				x: { column: 'date', aggregate: null, interval: 'year', bins: null, gather: null },
				y: { column: 'recettes', aggregate: 'mean', interval: null, bins: null, gather: null },
				colour: { column: 'region', aggregate: null, interval: null, bins: null, gather: null }
			}
		} as const;
		const lines = turnInto('lines', chosen, 'ventes', PROFILE);
		expect(lines.title).toBe('Recettes');
		expect(lines.channels).toEqual(chosen.channels);
		// Dates are no category: another column is compared.
		const ranked = turnInto('ranked-dots', chosen, 'ventes', PROFILE);
		expect(ranked.channels.x?.column).toBe('region');
		expect(ranked.channels.y).toEqual(chosen.channels.y);
		expect(ranked.channels.colour).toBeNull();
	});

	it('makes a line of time where there is one, and series of what was compared', () => {
		const bars = turnInto('bars', null, 'ventes', PROFILE);
		const regions = {
			...bars,
			channels: { ...bars.channels, x: channelOf('region'), y: channelOf('billets') }
		};
		const lines = turnInto('lines', { ...regions, labelRoom: 150 }, 'ventes', PROFILE);
		expect(lines.channels.x).toMatchObject({ column: 'date', interval: 'month' });
		expect(lines.channels.colour?.column).toBe('region');
		expect(lines).toMatchObject({ legend: true, labelRoom: null });
	});

	it('draws a map of regions, known by their type or by their values', () => {
		const bars = turnInto('bars', null, 'ventes', PROFILE);
		const disciplines = {
			...bars,
			channels: { ...bars.channels, x: channelOf('discipline'), y: channelOf('billets') }
		};
		const mapped = (profile: ChartProfile) =>
			turnInto('region-tiles', disciplines, 'ventes', profile).channels.x?.column;
		expect(mapped(PROFILE)).toBe('region');
		const known = column('lieu', { distinct: 2, top: ['Montréal', 'Estrie'] });
		const columns = PROFILE.columns.filter(({ name }) => name !== 'region');
		expect(mapped({ rows: 9, columns: [...columns, known] })).toBe('lieu');
		const towns = { ...known, top: ['Montréal', 'Granby'] };
		expect(mapped({ rows: 9, columns: [...columns, towns] })).toBe('discipline');
	});

	it('makes room for names beside it, and takes colours that its kind can have', () => {
		const columns = [column('salle', { distinct: 2, top: ['Vieux Bureau de poste', 'Granada'] })];
		const profile = { rows: 9, columns: [...columns, ...PROFILE.columns.slice(4)] };
		const heat = turnInto('heatmap', null, 'ventes', profile);
		expect(turnInto('funnel', null, 'ventes', profile).labelRoom).toBe(146);
		const ranked = turnInto('funnel', { ...heat, palette: 'bleus' }, 'ventes', profile);
		expect(ranked).toMatchObject({ labelRoom: 146, palette: 'carnet' });
		expect(
			turnInto('heatmap', { ...ranked, palette: 'vif' }, 'ventes', profile).palette
		).toBeNull();
		expect(turnInto('lines', { ...ranked, horizontal: false }, 'ventes', profile)).toMatchObject({
			labelRoom: null,
			palette: 'carnet'
		});
	});

	it('leaves missing what no column can be', () => {
		const texts = { rows: 3, columns: [column('a', {})] };
		expect(missingChannels(turnInto('dots', null, 't', texts))).toEqual(['y']);
		expect(missingChannels(turnInto('box', null, 't', texts))).toEqual(['y']);
	});

	it('brings dates together by how long they last', () => {
		const day = 86_400_000;
		expect(intervalFor({ min: 0, max: 40 * day })).toBe('day');
		expect(intervalFor({ min: 0, max: 800 * day })).toBe('month');
		expect(intervalFor({ min: 0, max: 9_000 * day })).toBe('year');
		expect(intervalFor({ min: null, max: null })).toBe('month');
	});

	it('tells columns apart', () => {
		expect(PROFILE.columns.map(roleOf)).toEqual(
			'other category region category date number number'.split(' ')
		);
	});
});

it('makes a waterfall in the order of its rows, or in that of a list', () => {
	const bars = newChart('t', 'bars', { x: channelOf('poste'), y: channelOf('montant') });
	const order = (from: ChartSpec | null) => turnInto('waterfall', from, 't', PROFILE).order;
	expect(order(null)).toEqual({ by: 'data' });
	expect(order(bars)).toEqual({ by: 'data' });
	const list = { by: 'list', values: ['a'] } as const;
	expect(order({ ...bars, order: list })).toEqual(list);
});
