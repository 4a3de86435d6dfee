/**
 * The sentence for an error code, in the reader's language: what went wrong and what to do next. Listed one by
 * one, so that a page loads only these messages; a code that is not listed reads as an unexpected error.
 */
import { m } from '$lib/paraglide/messages';

type Details = Readonly<Record<string, string | number>>;

const SENTENCES: Record<string, (details: Details) => string> = {
	unexpected: () => m.error_unexpected(),
	not_found: () => m.error_not_found(),
	forbidden: () => m.error_forbidden(),
	sign_in_required: () => m.error_sign_in_required(),
	throttled: (d) => m.error_throttled({ seconds: d.seconds ?? 1 }),
	name_required: () => m.error_name_required(),
	email_invalid: () => m.error_email_invalid(),
	email_taken: () => m.error_email_taken(),
	password_short: (d) => m.error_password_short({ min: d.min ?? '' }),
	password_long: (d) => m.error_password_long({ max: d.max ?? '' }),
	password_guessable: () => m.error_password_guessable(),
	password_wrong: () => m.error_password_wrong(),
	sign_in_refused: () => m.error_sign_in_refused(),
	link_not_found: () => m.error_link_not_found(),
	join_code_form: () => m.error_join_code_form(),
	join_code_unknown: () => m.error_join_code_unknown(),
	region_unknown: () => m.error_region_unknown(),
	discipline_unknown: () => m.error_discipline_unknown(),
	already_account: () => m.error_already_account(),
	account_required: () => m.error_account_required(),
	notebook_file_missing: () => m.error_notebook_file_missing(),
	offline: () => m.error_offline(),
	title_required: () => m.error_title_required(),
	share_self: () => m.error_share_self(),
	person_unknown: () => m.error_person_unknown(),
	too_many_shares: (d) => m.error_too_many_shares({ max: d.max ?? '' }),
	share_link_unknown: () => m.error_share_link_unknown(),
	request_malformed: () => m.error_request_malformed(),
	comment_required: () => m.error_comment_required(),
	cell_not_found: () => m.error_cell_not_found(),
	thread_resolved: () => m.error_thread_resolved(),
	too_many_threads: (d) => m.error_too_many_threads({ max: d.max ?? '' }),
	too_many_comments: (d) => m.error_too_many_comments({ max: d.max ?? '' }),
	picture_too_large: (d) => m.error_picture_too_large({ max: d.max ?? '' }),
	sandbox_no_worker: () => m.error_sandbox_no_worker(),
	sandbox_not_isolated: () => m.error_sandbox_not_isolated(),
	sandbox_unreachable: () => m.error_sandbox_unreachable(),
	sandbox_failed: () => m.error_sandbox_failed(),
	sandbox_restarted: () => m.error_sandbox_restarted(),
	sandbox_malformed: () => m.error_sandbox_malformed(),
	sandbox_flood: () => m.error_sandbox_flood(),
	sandbox_memory: () => m.error_sandbox_memory(),
	sandbox_unresponsive: () => m.error_sandbox_unresponsive(),
	report_malformed: (d) => m.error_report_malformed({ where: d.where ?? '' }),
	report_too_large: () => m.error_report_too_large(),
	report_authors_required: () => m.error_report_authors_required(),
	report_alt_required: () => m.error_report_alt_required(),
	report_empty: () => m.error_report_empty(),
	report_notebook_changed: () => m.error_report_notebook_changed(),
	report_slug_form: () => m.error_report_slug_form(),
	report_slug_taken: () => m.error_report_slug_taken(),
	report_reason_required: () => m.error_report_reason_required(),
	arrow_unreadable: () => m.error_arrow_unreadable(),
	arrow_type: (d) => m.error_arrow_type({ column: d.column ?? '' }),
	arrow_names: (d) => m.error_arrow_names({ number: d.number ?? '' }),
	table_too_large: (d) => m.error_table_too_large({ megabytes: d.megabytes ?? '' }),
	table_too_long: (d) => m.error_table_too_long({ max: d.max ?? '' }),
	table_too_wide: (d) => m.error_table_too_wide({ max: d.max ?? '' }),
	table_memory: () => m.error_table_memory(),
	csv_empty: () => m.error_csv_empty(),
	csv_binary: () => m.error_csv_binary(),
	csv_other_format: (d) => m.error_csv_other_format({ format: d.format ?? '' }),
	csv_cell_too_long: (d) =>
		m.error_csv_cell_too_long({ line: d.line ?? '', megabytes: d.megabytes ?? '' }),
	notebook_file_too_large: (d) => m.error_notebook_file_too_large({ megabytes: d.megabytes ?? '' }),
	notebook_file_not_notebook: () => m.error_notebook_file_not_notebook(),
	notebook_file_unclosed: (d) =>
		m.error_notebook_file_unclosed({ what: d.what ?? '', line: d.line ?? '' }),
	notebook_file_cell_type: (d) =>
		m.error_notebook_file_cell_type({ cell: d.cell ?? '', type: d.type ?? '' }),
	notebook_file_unknown_type: (d) =>
		m.error_notebook_file_unknown_type({ cell: d.cell ?? '', type: d.type ?? '' }),
	notebook_file_hidden: (d) => m.error_notebook_file_hidden({ cell: d.cell ?? '' }),
	notebook_file_left_out: (d) =>
		m.error_notebook_file_left_out({ element: d.element ?? '', line: d.line ?? '' }),
	upload_malformed: () => m.error_upload_malformed(),
	upload_cancelled: () => m.error_upload_cancelled(),
	unknown_choice: () => m.error_unknown_choice(),
	personal_reason_required: () => m.error_personal_reason_required(),
	steward_required: () => m.error_steward_required(),
	dataset_withdrawn: () => m.error_dataset_withdrawn(),
	nothing_to_upload: () => m.error_nothing_to_upload(),
	import_stopped: () => m.error_import_stopped(),
	too_long: (d) => m.error_too_long({ max: d.max ?? '' })
};

export function errorText(code: string, details: Details = {}): string {
	return (SENTENCES[code] ?? (() => m.error_unexpected()))(details);
}
