import { describe, expect, it } from 'vitest';
import { AppError, InvalidError } from '../errors.ts';
import { ABOUT_LIMITS, cleanAbout, NOTHING_SAID, type AboutField } from './about.ts';
import { cleanColumns, COLUMN_ABOUT_LIMITS } from './column-about.ts';
import { isPartialDate, isReversed } from './partial-date.ts';

const refusalOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof InvalidError) return `${error.field ?? ''} ${error.code}`.trim();
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'taken';
};
const long = (max: number) => 'x'.repeat(max + 1);

describe('what is said of a dataset', () => {
	it('is nothing, to begin with', () => {
		expect(cleanAbout({})).toEqual(NOTHING_SAID);
	});
	it('is made clean', () => {
		expect(
			cleanAbout({
				lang: 'en',
				titleOther: '  Billet\u202eterie  d’été ',
				descriptionOther: ' Une ligne\npar billet\u200b ',
				keywords: 'théâtre, billets; Théâtre\n danse,,',
				regions: ['06', '', '03'],
				place: ' Québec ',
				from: '2023',
				to: ' 2024-05-31 ',
				source: 'Système de billetterie',
				sourceUrl: 'https://exemple.org/données',
				stewardName: 'Responsable des données',
				stewardEmail: 'Donnees@Exemple.org'
			})
		).toEqual({
			lang: 'en',
			titleOther: 'Billetterie d’été',
			descriptionOther: 'Une ligne\npar billet',
			keywords: ['théâtre', 'billets', 'danse'],
			regions: ['03', '06'],
			place: 'Québec',
			from: '2023',
			to: '2024-05-31',
			source: 'Système de billetterie',
			sourceUrl: 'https://exemple.org/donn%C3%A9es',
			stewardName: 'Responsable des données',
			stewardEmail: 'donnees@exemple.org'
		});
	});
	it('keeps what is not sent, and forgets what is sent empty', () => {
		const before = cleanAbout({ keywords: ['a'], regions: '06', place: 'Montréal', to: '2024' });
		expect(cleanAbout({ place: 'Laval' }, before)).toEqual({ ...before, place: 'Laval' });
		expect(cleanAbout({ keywords: '', regions: '', place: '', to: '' }, before)).toEqual(
			NOTHING_SAID
		);
	});
	it.each<[Partial<Record<AboutField, unknown>>, string]>([
		[{ lang: 'es' }, 'lang unknown_choice'],
		[{ titleOther: long(ABOUT_LIMITS.title) }, 'titleOther too_long'],
		[{ descriptionOther: long(ABOUT_LIMITS.description) }, 'descriptionOther too_long'],
		[{ keywords: [long(ABOUT_LIMITS.keyword)] }, 'keywords too_long'],
		[{ keywords: Array.from({ length: 31 }, (_, i) => `k${i}`) }, 'keywords too_many_keywords'],
		[{ keywords: Array.from({ length: 31 }, (_, i) => i).join() }, 'keywords too_many_keywords'],
		[{ regions: ['06', '18'] }, 'regions region_unknown'],
		[{ regions: { length: 1 } }, 'regions region_unknown'],
		[{ place: long(ABOUT_LIMITS.place) }, 'place too_long'],
		[{ from: '2024-13' }, 'from date_invalid'],
		[{ to: 'été' }, 'to date_invalid'],
		[{ from: '2024', to: '2023-12-31' }, 'to period_reversed'],
		[{ source: long(ABOUT_LIMITS.source) }, 'source too_long'],
		[{ sourceUrl: 'javascript:alert(1)' }, 'sourceUrl url_invalid'],
		[{ sourceUrl: 'https://a:b@exemple.org' }, 'sourceUrl url_invalid'],
		[{ sourceUrl: 'exemple.org' }, 'sourceUrl url_invalid'],
		[{ sourceUrl: `https://${long(ABOUT_LIMITS.url)}` }, 'sourceUrl too_long'],
		[{ stewardName: long(ABOUT_LIMITS.steward) }, 'stewardName too_long'],
		[{ stewardEmail: 'personne' }, 'stewardEmail email_invalid']
	])('refuses %j', (sent, refusal) => {
		expect(refusalOf(() => cleanAbout(sent))).toBe(refusal);
	});
	it('takes as many as it says', () => {
		const keywords = Array.from({ length: 30 }, (_, i) => `k${i}`);
		expect(cleanAbout({ keywords }).keywords).toEqual(keywords);
	});
});

describe('a date as precise as it is known', () => {
	it('is a year, a month or a day that there is', () => {
		for (const text of ['2024', '2024-02', '2024-02-29', '0988', '2026-12-31'])
			expect(isPartialDate(text), text).toBe(true);
		for (const text of [
			'',
			'24',
			'0000',
			'2023-02-29',
			'2024-00',
			'2024-2',
			'2024-02-1',
			'2024-02-29T'
		])
			expect(isPartialDate(text), text).toBe(false);
	});
	it('ends no sooner than it begins, as far as it says', () => {
		expect(isReversed('2024', '2024')).toBe(false);
		expect(isReversed('2024-05-12', '2024')).toBe(false);
		expect(isReversed('2024', '2024-01')).toBe(false);
		expect(isReversed('2024-02', '2024-01')).toBe(true);
		expect(isReversed('2024-01-02', '2024-01-01')).toBe(true);
	});
});

describe('what is said of columns', () => {
	it('is kept by name, made clean; nothing is not kept', () => {
		expect(
			cleanColumns([
				{ name: '__proto__', description: { fr: ' Le prix\u200b ', en: 'The price' }, unit: ' $ ' },
				{ name: 'vide', label: ' ', description: {} },
				{ name: 'date', label: 'Jour', other: 1 }
			])
		).toEqual([
			{ name: '__proto__', label: '', description: { fr: 'Le prix', en: 'The price' }, unit: '$' },
			{ name: 'date', label: 'Jour', description: { fr: '', en: '' }, unit: '' }
		]);
	});
	it.each([
		[null, 'columns request_malformed'],
		[{}, 'columns request_malformed'],
		[[{ name: 3 }], 'columns request_malformed'],
		[['a'], 'columns request_malformed'],
		[[{ name: 'a' }, { name: 'a' }], 'columns request_malformed'],
		[[{ name: long(300) }], 'columns request_malformed'],
		[[{ name: 'a', label: long(COLUMN_ABOUT_LIMITS.label) }], 'columns too_long'],
		[[{ name: 'a', unit: long(COLUMN_ABOUT_LIMITS.unit) }], 'columns too_long'],
		[
			[{ name: 'a', description: { en: long(COLUMN_ABOUT_LIMITS.description) } }],
			'columns too_long'
		]
	])('refuses %j', (sent, refusal) => {
		expect(refusalOf(() => cleanColumns(sent))).toBe(refusal);
	});
	it('has a size, and a number of columns', () => {
		const many = (count: number, chars: number) =>
			Array.from({ length: count }, (_, i) => ({
				name: `c${i}`,
				description: { fr: 'x'.repeat(chars) }
			}));
		expect(refusalOf(() => cleanColumns(many(2_000, 10)))).toBe('taken');
		expect(refusalOf(() => cleanColumns(many(2_001, 10)))).toBe('columns request_malformed');
		expect(refusalOf(() => cleanColumns(many(600, 1_000)))).toBe('columns too_long');
	});
});
