/** What went wrong in a cell, in words. Many of them: a page that shows a notebook loads them with the first error. */
import type { SyntaxReason } from '$lib/core/analysis/syntax-reason';
import type { CellError, CellErrorCode } from '$lib/core/protocol/messages';
import { m } from '$lib/paraglide/messages';
import { termDay } from '../term-day.ts';

type Details = Readonly<Record<string, string | number>>;
const text = (details: Details, key: string): string => String(details[key] ?? '');

/** What to do instead of a built-in that is absent here. */
const ADVICE: Record<string, () => string> = {
	data: m.cell_advice_data,
	table: m.cell_advice_table,
	chart: m.cell_advice_chart,
	text: m.cell_advice_text,
	library: m.cell_advice_library,
	page: m.cell_advice_page,
	control: m.cell_advice_control,
	storage: m.cell_advice_storage
};

/** Of a dataset that is read no more, where the server said which: the whole sentence. */
function goneText(details: Details): string | null {
	const [title, organisation, day] = ['title', 'organisation', 'day'].map((key) =>
		text(details, key)
	);
	if (!title || !organisation) return null;
	switch (details.why) {
		case 'dataset_withdrawn':
			return m.pinned_cell_withdrawn({ title, organisation });
		case 'dataset_expired':
			return day ? m.pinned_cell_expired({ title, organisation, day: termDay(day) }) : null;
		default:
			return null;
	}
}

const WHY_UNREADABLE: Record<string, () => string> = {
	not_found: m.cell_file_not_found,
	sign_in_required: m.cell_file_sign_in,
	offline: m.cell_file_offline,
	dataset_withdrawn: m.cell_file_withdrawn,
	dataset_expired: m.cell_file_expired
};

/** Why a text is not code, and what to do. */
const SYNTAX: Record<SyntaxReason, (details: Details) => string> = {
	token: (d) => m.cell_syntax_token({ name: text(d, 'name') }),
	end: () => m.cell_syntax_end(),
	unclosed: (d) =>
		m.cell_syntax_unclosed({
			name: text(d, 'name'),
			line: text(d, 'line'),
			expected: text(d, 'expected')
		}),
	extra: (d) => m.cell_syntax_extra({ name: text(d, 'name') }),
	mismatched: (d) =>
		m.cell_syntax_mismatched({
			name: text(d, 'name'),
			open: text(d, 'open'),
			line: text(d, 'line'),
			expected: text(d, 'expected')
		}),
	string: () => m.cell_syntax_string(),
	template: () => m.cell_syntax_template(),
	comment: () => m.cell_syntax_comment(),
	pattern_open: () => m.cell_syntax_pattern_open(),
	pattern: () => m.cell_syntax_pattern(),
	quotes: (d) => m.cell_syntax_quotes({ name: text(d, 'name') }),
	character: (d) => m.cell_syntax_character({ name: text(d, 'name') }),
	reserved: (d) => m.cell_syntax_reserved({ name: text(d, 'name') }),
	declared: (d) => m.cell_syntax_declared({ name: text(d, 'name') }),
	number: () => m.cell_syntax_number(),
	assign: () => m.cell_syntax_assign(),
	await: () => m.cell_syntax_await(),
	return: () => m.cell_syntax_return(),
	export: () => m.cell_syntax_export(),
	value: () => m.cell_syntax_value(),
	other: () => m.cell_error_syntax()
};

const SENTENCES: Record<CellErrorCode, (details: Details) => string> = {
	syntax: (d) => (SYNTAX[text(d, 'reason') as SyntaxReason] ?? SYNTAX.other)(d),
	assignment: (d) => m.cell_error_assignment({ name: text(d, 'name') }),
	fixed_global: (d) => m.cell_error_fixed_global({ name: text(d, 'name') }),
	too_deep: () => m.cell_error_too_deep(),
	too_many_parts: (d) => m.cell_error_too_many_parts({ max: text(d, 'max') }),
	file_name: () => m.cell_error_file_name(),
	duplicate: (d) => m.cell_error_duplicate({ name: text(d, 'name') }),
	cycle: (d) => m.cell_error_cycle({ names: text(d, 'names') }),
	unknown_name: (d) =>
		text(d, 'suggestion')
			? m.cell_error_unknown_name_near({
					name: text(d, 'name'),
					suggestion: text(d, 'suggestion')
				})
			: m.cell_error_unknown_name({ name: text(d, 'name') }),
	exception: (d) => m.cell_error_exception({ message: text(d, 'message') }),
	absent_builtin: (d) =>
		`${m.cell_error_absent_builtin({ name: text(d, 'name') })} ${(ADVICE[text(d, 'advice')] ?? m.cell_advice_library)()}`,
	unknown_file: (d) => m.cell_error_unknown_file({ name: text(d, 'name') }),
	file_unreadable: (d) =>
		goneText(d) ??
		`${m.cell_error_file_unreadable({ name: text(d, 'name') })} ${(WHY_UNREADABLE[text(d, 'why')] ?? m.cell_file_not_found)()}`,
	missing_column: (d) =>
		text(d, 'suggestion')
			? m.cell_error_missing_column_near({
					name: text(d, 'name'),
					suggestion: text(d, 'suggestion')
				})
			: m.cell_error_missing_column({ name: text(d, 'name') }),
	closure: (d) => m.cell_error_closure({ name: text(d, 'name') }),
	stopped_by_limit: (d) => m.cell_error_stopped_by_limit({ seconds: text(d, 'seconds') }),
	stopped_by_person: () => m.cell_error_stopped_by_person(),
	output_too_large: (d) => m.cell_error_output_too_large({ limit: text(d, 'limit') }),
	memory: () => m.cell_error_memory()
};
export const cellErrorText = (error: CellError): string => SENTENCES[error.code](error.details);
