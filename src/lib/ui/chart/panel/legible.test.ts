import { describe, expect, it } from 'vitest';
import { channelOf as c, newChart, type ChartProfile } from '../../../core/chart/chart-spec.ts';
import { legible } from './legible.ts';

const known = { missing: 0, min: null, max: null, top: [], valueType: undefined };
const PROFILE: ChartProfile = {
	rows: 60,
	columns: [
		{ ...known, name: 'région', type: 'text', distinct: 6 },
		{ ...known, name: 'musée', type: 'text', distinct: 24 },
		{ ...known, name: 'genre', type: 'text', distinct: 4 },
		{ ...known, name: 'Année', type: 'integer', distinct: 10, min: 2012, max: 2021 },
		{ ...known, name: 'entrées', type: 'integer', distinct: 60, min: 10, max: 90_000 }
	]
};
const sum = c('entrées', { aggregate: 'sum' });
const bars = newChart('t', 'bars', { x: c('région'), y: sum }, { palette: 'carnet' });

describe('a choice in the panel', () => {
	it('writes years whole, and no other number so', () => {
		const along = { ...bars, channels: { ...bars.channels, x: c('Année') } };
		expect(legible(along, bars, PROFILE).x.format).toBe('d');
		const back = { ...along, channels: bars.channels, x: { ...bars.x, format: 'd' } };
		expect(legible(back, along, PROFILE).x.format).toBeNull();
		const own = { ...along, x: { ...along.x, format: '.2f' } };
		expect(legible(own, bars, PROFILE).x.format).toBe('.2f');
		// What was chosen for the same column stays.
		expect(legible({ ...along, zero: true }, along, PROFILE).x.format).toBeNull();
	});

	it('gives each of many series a colour of its own, as far as there are some', () => {
		const of = (column: string) => ({
			...bars,
			channels: { ...bars.channels, colour: c(column) }
		});
		expect(legible(of('genre'), bars, PROFILE).palette).toBe('carnet');
		expect(legible(of('région'), bars, PROFILE).palette).toBe('dix');
		// No palette has so many: the panel offers to gather the smallest.
		expect(legible(of('musée'), bars, PROFILE).palette).toBe('carnet');
		// A palette that a person then chooses stays chosen.
		const chosen = { ...of('région'), palette: 'vif' };
		expect(legible(chosen, of('région'), PROFILE).palette).toBe('vif');
	});
});
