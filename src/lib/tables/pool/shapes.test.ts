import { describe, expect, it } from 'vitest';
import { hasShape, shapeOf } from './shapes.ts';

describe('texts of a shape', () => {
	it.each([
		['19 h 30', '19:30'],
		['19h', '19:00'],
		['7:30 PM', '19:30'],
		['12:05 a.m.', '00:05'],
		['19:30:15', '19:30:15'],
		['9\u00a0h\u00a005', '09:05'],
		['25:00', null],
		// What some programs write; the other half of the day would say two things.
		['13:00 PM', '13:00'],
		['13:00 AM', null],
		['1930', null],
		['soir', null]
	])('the time %s', (text, time) => {
		expect(shapeOf('time')?.(text) ?? null).toBe(time);
		if (time) expect(hasShape('time')(time)).toBe(true);
	});
	it.each([
		['H2X 1Y4', 'H2X'],
		['h2x1y4', 'H2X'],
		['G5L', 'G5L'],
		['D1A', null],
		['H2X 1', null],
		['H2X 1YZ', null]
	])('the area %s', (text, area) => expect(shapeOf('postal_area')?.(text) ?? null).toBe(area));
	it.each([
		['Abitibi/Témiscamingue', 'Abitibi-Témiscamingue'],
		['BAS ST-LAURENT ', 'Bas-Saint-Laurent'],
		['06', 'Montréal'],
		['6', 'Montréal'],
		['06 - Montreal', 'Montréal'],
		['Estrie (05)', 'Estrie'],
		['Saguenay--Lac-Saint-Jean', 'Saguenay–Lac-Saint-Jean'],
		['Ontario', null],
		['18', null]
	])('the region %s', (text, name) => expect(shapeOf('region')?.(text) ?? null).toBe(name));
	it.each([
		['https://exemple.org/a', 'https://exemple.org/a'],
		['javascript:alert(1)', null],
		['exemple', null]
	])('the address %s', (text, address) => expect(shapeOf('url')?.(text) ?? null).toBe(address));
	it('are stored one way only', () => {
		expect(['19:30', '19 h 30', '24:00', ''].map(hasShape('time'))).toEqual([
			true,
			false,
			false,
			false
		]);
		expect(['H2X', 'h2x', 'H2X 1Y4'].map(hasShape('postal_area'))).toEqual([true, false, false]);
		expect(['Montréal', 'Montreal', '06', 'Ontario'].map(hasShape('region'))).toEqual([
			true,
			false,
			false,
			false
		]);
		expect(['https://exemple.org', ' https://exemple.org'].map(hasShape('url'))).toEqual([
			true,
			false
		]);
		expect(hasShape('text')('19 h 30')).toBe(true);
	});
});
