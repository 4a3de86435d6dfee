import { describe, expect, it } from 'vitest';
import { freeSlug, slugOf } from './slug.ts';

describe('slugOf', () => {
	it.each([
		['Rejoindre de nouveaux publics', 'rejoindre-de-nouveaux-publics'],
		['Été, œuvres & cœurs : l’État à Noël', 'ete-oeuvres-coeurs-l-etat-a-noel'],
		['  « Comment pourrions-nous… »  ', 'comment-pourrions-nous'],
		['ﬁn de série Ⅳ', 'fin-de-serie-iv'],
		['日本', ''],
		['../../etc/passwd', 'etc-passwd'],
		['__proto__', 'proto']
	])('%s → %s', (title, slug) => expect(slugOf(title)).toBe(slug));

	it('is cut between words', () => {
		const slug = slugOf('mot '.repeat(60));
		expect(slug.length).toBeLessThanOrEqual(80);
		expect(slug.endsWith('mot')).toBe(true);
		expect(slugOf('a'.repeat(300))).toHaveLength(80);
	});
});

describe('freeSlug', () => {
	it('numbers what is taken, and names what a title cannot', () => {
		const taken = new Set(['bilan', 'bilan-2', 'rapport']);
		expect(freeSlug('Bilan', (slug) => taken.has(slug))).toBe('bilan-3');
		expect(freeSlug('日本', (slug) => taken.has(slug))).toBe('rapport-2');
		expect(freeSlug('Neuf', (slug) => taken.has(slug))).toBe('neuf');
	});
});
