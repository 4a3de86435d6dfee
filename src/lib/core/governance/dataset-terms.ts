/** The terms that an organisation sets on a dataset, checked; what of them travels is in `terms.ts`. */
import { cleanDate } from '../dataset/partial-date.ts';
import { InvalidError } from '../errors.ts';
import { optionalLine, visibleText } from '../people/profile.ts';
import {
	AUDIENCES,
	MINIMUM_GROUP,
	MINIMUM_GROUPS,
	TERMS_LIMITS,
	type Audience,
	type LineageSource,
	type PublicationTerms
} from './terms.ts';

export interface DatasetTerms {
	readonly audience: Audience;
	/** Held where aggregates are published. */
	readonly minimumGroup: number;
	/** The last day on which anyone but its stewards reads it, and anyone publishes from it; null: no end. */
	readonly validUntil: string | null;
	readonly purpose: string;
	readonly acknowledgement: string;
	/** What is owed for its use, in words. */
	readonly remuneration: string;
}

export const DEFAULT_TERMS: DatasetTerms = {
	audience: 'granted',
	minimumGroup: MINIMUM_GROUP,
	validUntil: null,
	purpose: '',
	acknowledgement: '',
	remuneration: ''
};

export type TermsField = keyof DatasetTerms;

/**
 * The terms before, with what is sent now; a field that is not sent stays.
 * @throws InvalidError naming the field to mend: `unknown_choice`, `minimum_group_range`, `date_invalid`, `too_long`
 */
export function cleanTerms(
	sent: Readonly<Partial<Record<TermsField, unknown>>>,
	before: DatasetTerms = DEFAULT_TERMS
): DatasetTerms {
	const clean = <F extends TermsField>(
		field: F,
		read: (value: unknown) => DatasetTerms[F]
	): DatasetTerms[F] => (sent[field] === undefined ? before[field] : read(sent[field]));
	const line = (field: keyof typeof TERMS_LIMITS) => (value: unknown) =>
		optionalLine(text(value), field, TERMS_LIMITS[field]) ?? '';
	return {
		audience: clean('audience', (value) => {
			const audience = AUDIENCES.find((one) => one === value);
			if (!audience) throw new InvalidError('unknown_choice', {}, 'audience');
			return audience;
		}),
		minimumGroup: clean('minimumGroup', groupOf),
		validUntil: clean('validUntil', (value) => cleanDate(value, 'validUntil', true)),
		purpose: clean('purpose', line('purpose')),
		acknowledgement: clean('acknowledgement', line('acknowledgement')),
		remuneration: clean('remuneration', (value) => {
			const clean = visibleText(text(value));
			if (clean.length > TERMS_LIMITS.remuneration)
				throw new InvalidError('too_long', { max: TERMS_LIMITS.remuneration }, 'remuneration');
			return clean;
		})
	};
}

/** What of the terms travels with each table; nothing stands where nothing is said. */
export function carriedTerms(
	publication: PublicationTerms,
	{ minimumGroup, validUntil, purpose, acknowledgement }: DatasetTerms
): Pick<LineageSource, 'minimumGroup' | 'validUntil' | 'purpose' | 'acknowledgement'> {
	return {
		...(publication === 'aggregates' && { minimumGroup }),
		...(validUntil !== null && { validUntil }),
		...(purpose && { purpose }),
		...(acknowledgement && { acknowledgement })
	};
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A number, or its digits; an empty field is the usual one. */
function groupOf(value: unknown): number {
	const typed = typeof value === 'string' ? value.trim() : value;
	if (typed === '') return MINIMUM_GROUP;
	const { min, max } = MINIMUM_GROUPS;
	const group =
		typeof typed === 'number'
			? typed
			: typeof typed === 'string' && /^\d{1,6}$/.test(typed)
				? Number(typed)
				: NaN;
	if (!Number.isInteger(group) || group < min || group > max)
		throw new InvalidError('minimum_group_range', { min, max }, 'minimumGroup');
	return group;
}
