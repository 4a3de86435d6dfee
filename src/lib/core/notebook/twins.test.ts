import { describe, expect, test } from 'vitest';
import { pairTwins, type Pairable } from './twins.ts';

const one = (id: string, lang: 'fr' | 'en', twinId: string | null, starter = true): Pairable => ({
	id,
	lang,
	twinId,
	starter,
	title: `${id} (${lang})`
});
const ids = (list: readonly Pairable[], lang: 'fr' | 'en') =>
	pairTwins(list, lang).map(({ id, twin }) => [id, twin?.id ?? null]);

describe('twins in a list', () => {
	const pair = [one('a', 'fr', 'b'), one('b', 'en', 'a')];

	test('are one entry, in the language of the reader, that names the other', () => {
		expect(ids(pair, 'fr')).toEqual([['a', 'b']]);
		expect(ids(pair, 'en')).toEqual([['b', 'a']]);
		expect(pairTwins(pair, 'fr')[0]?.twin).toEqual({ id: 'b', title: 'b (en)', lang: 'en' });
	});

	test('stay in sight where the other is not in the list, or is offered no more', () => {
		expect(ids(pair.slice(1), 'fr')).toEqual([['b', null]]);
		expect(ids([one('a', 'fr', 'b'), one('b', 'en', 'a', false)], 'fr')).toEqual([
			['a', null],
			['b', null]
		]);
	});

	test('are so both ways, and in two languages', () => {
		expect(ids([one('a', 'en', 'b'), one('b', 'fr', 'c'), one('c', 'en', 'b')], 'fr')).toEqual([
			['a', null],
			['b', 'c']
		]);
		expect(ids([one('a', 'en', 'b'), one('b', 'en', 'a')], 'fr')).toEqual([
			['a', null],
			['b', null]
		]);
	});
});
