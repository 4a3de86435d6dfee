import { describe, expect, it } from 'vitest';
import { mentionsIn } from '$lib/core/annotation/mentions';
import { keptOf, mention, namedIn, peopleLike, queryAt, typedOf } from './mention-text.ts';

const id = (n: number): string => String(n).padStart(26, '0');
const [P1, P2, P3, P4, P5] = [id(1), id(2), id(3), id(4), id(5)];
const ana = { personId: P1, name: 'Ana' };
const anaRoy = { personId: P2, name: 'Ana Roy' };
const other = { personId: P3, name: 'Ana Roy' };
const odd = { personId: P4, name: 'Zoé [RH] \\' };

const typed = (...people: { personId: string; name: string }[]) =>
	people.reduce<ReturnType<typeof typedOf>['mentions']>(
		(list, person) => [...list, ...mention(person, list).more],
		[]
	);

describe('people named in a comment', () => {
	it('comes back as it was kept', () => {
		const mentions = typed(ana, anaRoy, other, odd);
		expect(mentions.map(({ shown }) => shown)).toEqual([
			'@Ana',
			'@Ana Roy',
			'@Ana Roy (2)',
			'@Zoé [RH] \\'
		]);
		const text = 'Bonjour @Ana, @Ana Roy et @Ana Roy (2); voir @Zoé [RH] \\ !';
		const kept = keptOf(text, mentions);
		expect(kept).toContain(
			`Bonjour [@Ana](personne:${P1}), [@Ana Roy](personne:${P2}) et [@Ana Roy](`
		);
		expect(mentionsIn(kept)).toEqual([P1, P2, P3, P4]);
		expect(typedOf(kept).text).toBe(text);
		expect(keptOf(text, typedOf(kept).mentions)).toBe(kept);
	});

	it('names nobody by a part of a word, nor once the name is gone', () => {
		const mentions = typed(ana);
		expect(keptOf('moi@Ana, @Anatole', mentions)).toBe('moi@Ana, @Anatole');
		expect(namedIn('@Anatole', mentions)).toEqual([]);
		expect(namedIn('voir @Ana', mentions)).toEqual([ana]);
	});

	it('names a person once among the known', () => {
		const mentions = typed(ana);
		expect(mention(ana, mentions)).toEqual({ shown: '@Ana', more: [] });
	});

	it('finds what is being typed', () => {
		expect(queryAt('voir @an', 8)).toEqual({ from: 5, query: 'an' });
		expect(queryAt('voir @ana r', 11)).toEqual({ from: 5, query: 'ana r' });
		expect(queryAt('@', 1)).toEqual({ from: 0, query: '' });
		for (const text of ['moi@an', 'voir @ an', '@an\nb', '@a  b', 'rien', `@${'a'.repeat(50)}`])
			expect(queryAt(text, text.length)).toBeNull();
		// The caret is before it.
		expect(queryAt('voir @an', 3)).toBeNull();
	});

	it('offers people by the beginning of a word, without accents', () => {
		const people = [odd, { personId: P5, name: 'Rémi Côté-Zola' }, ana];
		expect(peopleLike(people, 'zo').map(({ personId }) => personId)).toEqual([P4, P5]);
		expect(peopleLike(people, 'cote')).toHaveLength(1);
		expect(peopleLike(people, 'na')).toEqual([]);
		expect(peopleLike(people, '', 2)).toHaveLength(2);
	});

	it('reads a long text of brackets in no time', () => {
		const text = '[@'.repeat(2500);
		expect(typedOf(text).text).toBe(text);
	});
});
