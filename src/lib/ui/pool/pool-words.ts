/** The words of pools: periods, what speaks for a mapping, what does not meet a contract. */
import type { UnitChange } from '$lib/core/pool/mapping';
import type { MappingReason } from '$lib/core/pool/suggest-mapping';
import type { ValueReason } from '$lib/core/pool/suggest-values';
import type { ProblemCode, ProblemWords } from '$lib/core/protocol/pool';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { countText, numberLocale } from '../table/format.ts';

/** `2025`, `2025-Q3`, `2025-03` as people say them; '' is all there is. */
export function periodName(period: string): string {
	if (period === '') return m.pool_period_whole();
	const quarter = /^(\d{4})-Q(\d)$/.exec(period);
	if (quarter) return m.pool_period_quarter({ year: quarter[1] ?? '', number: quarter[2] ?? '' });
	const month = /^(\d{4})-(\d\d)$/.exec(period);
	if (!month) return period;
	return new Intl.DateTimeFormat(numberLocale(), {
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC'
	}).format(Date.UTC(Number(month[1]), Number(month[2]) - 1, 1));
}

export const REASONS: Record<MappingReason, () => string> = {
	same_name: m.pool_why_same_name,
	synonym: m.pool_why_synonym,
	abbreviation: m.pool_why_abbreviation,
	words: m.pool_why_words,
	values: m.pool_why_values,
	regions: m.pool_why_regions,
	areas: m.pool_why_areas,
	times: m.pool_why_times,
	dates: m.pool_why_dates,
	addresses: m.pool_why_addresses,
	unit: m.pool_why_unit,
	thousands: m.pool_why_thousands,
	shares: m.pool_why_shares
};
export const VALUE_REASONS: Record<ValueReason, () => string> = {
	same_value: m.pool_why_same_value,
	value_synonym: m.pool_why_value_synonym,
	value_beginning: m.pool_why_value_beginning,
	value_near: m.pool_why_value_near
};
export const UNIT_NAMES: Record<UnitChange, () => string> = {
	none: m.pool_unit_none,
	from_thousands: m.pool_unit_from_thousands,
	to_thousands: m.pool_unit_to_thousands,
	from_share: m.pool_unit_from_share,
	to_share: m.pool_unit_to_share
};
export const PROBLEMS: Record<ProblemCode, () => string> = {
	wrong_type: m.pool_problem_wrong_type,
	required_missing: m.pool_problem_required_missing,
	not_allowed: m.pool_problem_not_allowed,
	out_of_range: m.pool_problem_out_of_range,
	out_of_period: m.pool_problem_out_of_period,
	key_duplicated: m.pool_problem_key_duplicated
};
export const problemWords = (): ProblemWords => ({
	header: [
		m.pool_problem_row(),
		m.pool_problem_column(),
		m.pool_problem_what(),
		m.pool_problem_value()
	],
	codes: {
		wrong_type: m.pool_problem_wrong_type(),
		required_missing: m.pool_problem_required_missing(),
		not_allowed: m.pool_problem_not_allowed(),
		out_of_range: m.pool_problem_out_of_range(),
		out_of_period: m.pool_problem_out_of_period(),
		key_duplicated: m.pool_problem_key_duplicated()
	}
});

/** From 0 to 1, as a whole per cent; never 100 where something is missing. */
export const shareText = (share: number): string =>
	new Intl.NumberFormat(numberLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(
		share < 1 ? Math.min(share, 0.99) : share
	);

/** What a column must hold, beyond its type. */
export function ruleText(column: {
	readonly unit: string;
	readonly min: number | null;
	readonly max: number | null;
	readonly allowed: readonly { readonly value: string }[] | null;
}): string {
	const { unit, min, max, allowed } = column;
	if (allowed)
		return new Intl.ListFormat(getLocale() === 'en' ? 'en-CA' : 'fr-CA', {
			type: 'disjunction'
		}).format(allowed.map(({ value }) => value));
	const of = (bound: number): string => `${countText(bound)}${unit ? `\u00a0${unit}` : ''}`;
	if (min !== null && max !== null) return m.pool_rule_between({ min: of(min), max: of(max) });
	if (min !== null) return m.pool_rule_least({ min: of(min) });
	if (max !== null) return m.pool_rule_most({ max: of(max) });
	return unit;
}
