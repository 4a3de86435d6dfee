/** The words of the import screen: what was guessed and why, what was not taken as it stood. */
import type {
	Encoding,
	Evidence,
	ImportWarning,
	PersonalAction,
	PersonalFinding,
	PersonalKind,
	PersonalWhy,
	RepairWords,
	Separator,
	WarningCode
} from '$lib/core/protocol/import';
import { m } from '$lib/paraglide/messages';
import { countText } from '../table/format.ts';

export const ENCODING_NAMES: Record<Encoding, () => string> = {
	'utf-8': m.data_encoding_utf_8,
	'windows-1252': m.data_encoding_windows_1252,
	macintosh: m.data_encoding_macintosh,
	'utf-16le': m.data_encoding_utf_16le,
	'utf-16be': m.data_encoding_utf_16be
};
export const SEPARATOR_NAMES: Record<Separator, () => string> = {
	';': m.data_separator_semicolon,
	',': m.data_separator_comma,
	'\t': m.data_separator_tab,
	'|': m.data_separator_bar
};

type Details = Evidence['details'];
const number = (details: Details, name: string): string => {
	const value = details[name];
	return typeof value === 'number' ? countText(value) : (value ?? '');
};
const WHY: Record<Evidence['code'], (details: Details) => string> = {
	chosen: () => m.data_why_chosen(),
	bom: () => m.data_why_bom(),
	utf8_valid: () => m.data_why_utf8_valid(),
	utf8_invalid: (d) => m.data_why_utf8_invalid({ at: number(d, 'at') }),
	ascii: () => m.data_why_ascii(),
	regular: (d) => m.data_why_regular({ share: number(d, 'share'), columns: number(d, 'columns') }),
	only_one_column: () => m.data_why_only_one_column(),
	header_texts: () => m.data_why_header_texts(),
	header_values: () => m.data_why_header_values(),
	all_fit: () => m.data_why_all_fit(),
	most_fit: (d) => m.data_why_most_fit({ fits: number(d, 'fits'), values: number(d, 'values') }),
	leading_zeros: () => m.data_why_leading_zeros(),
	long_numbers: () => m.data_why_long_numbers(),
	mixed: () => m.data_why_mixed(),
	texts: () => m.data_why_texts(),
	empty: () => m.data_why_empty(),
	decimals_seen: () => m.data_why_decimals_seen(),
	no_decimals: () => m.data_why_no_decimals(),
	day_above_12: () => m.data_why_day_above_12(),
	day_conflict: (d) =>
		m.data_why_day_conflict({ others: number(d, 'others'), values: number(d, 'values') }),
	day_ambiguous: () => m.data_why_day_ambiguous(),
	wide_letters: () => m.data_why_wide_letters(),
	mac_letters: () => m.data_why_mac_letters(),
	file_format: () => m.data_why_file_format(),
	file_type: () => m.data_why_file_type(),
	header_two: () => m.data_why_header_two(),
	few_texts: (d) =>
		m.data_why_few_texts({ distinct: number(d, 'distinct'), values: number(d, 'values') }),
	dollar_signs: (d) =>
		m.data_why_dollar_signs({ fits: number(d, 'fits'), values: number(d, 'values') }),
	percent_signs: (d) =>
		m.data_why_percent_signs({ fits: number(d, 'fits'), values: number(d, 'values') }),
	header_unit: () => m.data_why_header_unit(),
	times: (d) => m.data_why_times({ fits: number(d, 'fits'), values: number(d, 'values') }),
	regions: (d) =>
		m.data_why_regions({ matched: number(d, 'matched'), distinct: number(d, 'distinct') }),
	postal_areas: (d) =>
		m.data_why_postal_areas({ matched: number(d, 'matched'), distinct: number(d, 'distinct') }),
	addresses: (d) =>
		m.data_why_addresses({ matched: number(d, 'matched'), distinct: number(d, 'distinct') }),
	name_each: (d) =>
		m.data_why_name_each({ distinct: number(d, 'distinct'), values: number(d, 'values') }),
	codes_among: (d) =>
		m.data_why_codes_among({ codes: number(d, 'codes'), values: number(d, 'values') })
};
export const whyText = ({ code, details }: Evidence): string => WHY[code](details);

const WARNINGS: Record<WarningCode, (count: number) => string> = {
	misfit: (count) => m.data_warning_misfit({ count, text: countText(count) }),
	short_row: (count) => m.data_warning_short_row({ count, text: countText(count) }),
	long_row: (count) => m.data_warning_long_row({ count, text: countText(count) }),
	unclosed_quote: (count) => m.data_warning_unclosed_quote({ count, text: countText(count) }),
	stray_quote: (count) => m.data_warning_stray_quote({ count, text: countText(count) }),
	empty_header: (count) => m.data_warning_empty_header({ count, text: countText(count) }),
	duplicate_header: (count) => m.data_warning_duplicate_header({ count, text: countText(count) }),
	reserved_header: () => m.data_warning_reserved_header(),
	long_header: (count) => m.data_warning_long_header({ count, text: countText(count) }),
	title_lines: (count) => m.data_warning_title_lines({ count, text: countText(count) }),
	footer_lines: (count) => m.data_warning_footer_lines({ count, text: countText(count) }),
	two_headers: () => m.data_warning_two_headers(),
	repeated_header: (count) => m.data_warning_repeated_header({ count, text: countText(count) }),
	total_row: (count) => m.data_warning_total_row({ count, text: countText(count) }),
	unmatched_region: (count) => m.data_warning_unmatched_region({ count, text: countText(count) }),
	merged_cells: (count) => m.data_warning_merged_cells({ count, text: countText(count) }),
	formula_errors: (count) => m.data_warning_formula_errors({ count, text: countText(count) }),
	nested_values: (count) => m.data_warning_nested_values({ count, text: countText(count) }),
	values_as_text: (count) => m.data_warning_values_as_text({ count, text: countText(count) }),
	control_bytes: (count) => m.data_warning_control_bytes({ count, text: countText(count) }),
	duplicate_keys: (count) => m.data_warning_duplicate_keys({ count, text: countText(count) }),
	dropped_columns: (count) => m.data_warning_dropped_columns({ count, text: countText(count) }),
	replaced_bytes: (count) => m.data_warning_replaced_bytes({ count, text: countText(count) }),
	no_rows: () => m.data_warning_no_rows()
};
/** What happened, how often, and what became of it. */
export const warningText = (code: WarningCode, count: number): string => WARNINGS[code](count);

/** Where a warning is: its line in the file, its row in the result, its column. */
export function warningPlace({ line, row }: ImportWarning, column: string | undefined): string {
	const parts = [
		line === null ? null : m.data_place_line({ line: countText(line) }),
		row === null ? null : m.data_place_row({ row: countText(row) }),
		column === undefined ? null : m.data_place_column({ column })
	];
	return parts.filter((part) => part !== null).join(' · ');
}

const PERSONAL: Record<PersonalKind, (rows: string, of: string) => string> = {
	email: (rows, of) => m.data_personal_email({ rows, of }),
	postal_code: (rows, of) => m.data_personal_postal_code({ rows, of }),
	phone: (rows, of) => m.data_personal_phone({ rows, of }),
	person_name: (rows, of) => m.data_personal_person_name({ rows, of }),
	address: (rows, of) => m.data_personal_address({ rows, of }),
	health_number: (rows, of) => m.data_personal_health_number({ rows, of }),
	sin: (rows, of) => m.data_personal_sin({ rows, of }),
	card: (rows, of) => m.data_personal_card({ rows, of }),
	birth_date: (rows, of) => m.data_personal_birth_date({ rows, of })
};
export const personalText = (kind: PersonalKind, rows: number, of: number): string =>
	PERSONAL[kind](countText(rows), countText(of));

const PERSONAL_WHYS: Record<PersonalWhy, (counted: { count: number; text: string }) => string> = {
	email_shape: m.personal_why_email_shape,
	phone_shape: m.personal_why_phone_shape,
	postal_shape: m.personal_why_postal_shape,
	address_shape: m.personal_why_address_shape,
	health_check: m.personal_why_health_check,
	health_shape: m.personal_why_health_shape,
	sin_check: m.personal_why_sin_check,
	card_check: m.personal_why_card_check,
	birth_header: m.personal_why_birth_header,
	birth_ages: m.personal_why_birth_ages,
	birth_text: m.personal_why_birth_text,
	name_header: m.personal_why_name_header,
	name_known: m.personal_why_name_known,
	name_text: m.personal_why_name_text
};
/** Why it was taken for personal information. */
export const personalWhy = ({ code, details }: PersonalFinding['why']): string =>
	PERSONAL_WHYS[code]({ count: details.values, text: countText(details.values) });

export const ACTION_NAMES: Record<PersonalAction, { label: () => string; hint: () => string }> = {
	drop: { label: m.data_personal_drop, hint: m.data_personal_drop_hint },
	generalise: { label: m.data_personal_generalise, hint: m.data_personal_generalise_hint },
	pseudonymise: { label: m.data_personal_pseudonymise, hint: m.data_personal_pseudonymise_hint },
	mask: { label: m.data_personal_mask, hint: m.data_personal_mask_hint },
	keep: { label: m.data_personal_keep, hint: m.data_personal_keep_hint }
};

/** Where the page asks what to do about a column with personal information. */
export const choiceAnchor = (index: number): string => `decider-${String(index)}`;

/** The words of the list of repairs. */
export const repairWords = (): RepairWords => ({
	head: [
		m.repairs_line(),
		m.repairs_row(),
		m.repairs_column(),
		m.repairs_before(),
		m.repairs_after(),
		m.repairs_why()
	],
	codes: {
		title_lines: m.repairs_title_lines(),
		footer_lines: m.repairs_footer_lines(),
		repeated_header: m.repairs_repeated_header(),
		total_row: m.repairs_total_row(),
		short_row: m.repairs_short_row(),
		long_row: m.repairs_long_row(),
		unclosed_quote: m.repairs_unclosed_quote(),
		stray_quote: m.repairs_stray_quote(),
		misfit: m.repairs_misfit(),
		code: m.repairs_code(),
		zero: m.repairs_zero(),
		marker: m.repairs_marker(),
		format: m.repairs_format(),
		changed: m.repairs_changed()
	},
	missing: m.repairs_missing(),
	leftOut: m.repairs_left_out(),
	kept: m.repairs_kept()
});
