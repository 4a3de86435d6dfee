import { describe, expect, it } from 'vitest';
import { InvalidError } from '../errors.ts';
import { carriedTerms, cleanTerms, DEFAULT_TERMS, type TermsField } from './dataset-terms.ts';

const refusalOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof InvalidError) return `${error.field ?? ''} ${error.code}`;
		throw error;
	}
	return 'taken';
};

describe('the terms of a dataset', () => {
	it('are the narrowest, to begin with', () => {
		expect(cleanTerms({})).toEqual({ ...DEFAULT_TERMS, audience: 'granted', minimumGroup: 10 });
	});
	it('are made clean; what is not sent stays, what is sent empty goes back', () => {
		const terms = cleanTerms({
			audience: 'everyone',
			minimumGroup: '25',
			validUntil: '2026-12-31',
			purpose: ' Étude\u202e des publics ',
			acknowledgement: 'Merci',
			remuneration: 'À convenir'
		});
		expect(terms).toEqual({
			audience: 'everyone',
			minimumGroup: 25,
			validUntil: '2026-12-31',
			purpose: 'Étude des publics',
			acknowledgement: 'Merci',
			remuneration: 'À convenir'
		});
		expect(cleanTerms({ minimumGroup: 5 }, terms)).toEqual({ ...terms, minimumGroup: 5 });
		expect(cleanTerms({ validUntil: '', minimumGroup: '' }, terms)).toEqual({
			...terms,
			validUntil: null,
			minimumGroup: 10
		});
	});
	it.each<[Partial<Record<TermsField, unknown>>, string]>([
		[{ audience: 'public' }, 'audience unknown_choice'],
		[{ minimumGroup: 1 }, 'minimumGroup minimum_group_range'],
		[{ minimumGroup: '1001' }, 'minimumGroup minimum_group_range'],
		[{ minimumGroup: 2.5 }, 'minimumGroup minimum_group_range'],
		[{ minimumGroup: 'dix' }, 'minimumGroup minimum_group_range'],
		[{ minimumGroup: null }, 'minimumGroup minimum_group_range'],
		[{ validUntil: '2026' }, 'validUntil date_invalid'],
		[{ validUntil: '2026-02-30' }, 'validUntil date_invalid'],
		[{ purpose: 'x'.repeat(301) }, 'purpose too_long'],
		[{ acknowledgement: 'x'.repeat(301) }, 'acknowledgement too_long'],
		[{ remuneration: 'x'.repeat(1001) }, 'remuneration too_long']
	])('refuses %j', (sent, refusal) => {
		expect(refusalOf(() => cleanTerms(sent))).toBe(refusal);
	});
	it('travel without what is not said, and with the least group of aggregates alone', () => {
		expect(carriedTerms('rows', DEFAULT_TERMS)).toEqual({});
		expect(carriedTerms('aggregates', DEFAULT_TERMS)).toEqual({ minimumGroup: 10 });
		expect(
			carriedTerms('nothing', {
				...DEFAULT_TERMS,
				validUntil: '2026-12-31',
				purpose: 'p',
				acknowledgement: 'a',
				remuneration: 'r'
			})
		).toEqual({ validUntil: '2026-12-31', purpose: 'p', acknowledgement: 'a' });
	});
});
