/** What the terms of a source make a page print under it, a line each, in the report's language or the reader's. */
import type { LineageSource } from '$lib/core/governance/terms';
import type { Lang } from '$lib/core/notebook/notebook';
import { numberText } from '$lib/core/report/cell-text';
import { m } from '$lib/paraglide/messages';
import { termDay } from '../term-day.ts';

/** @param published whether it is under something published; else it is before that, in a notebook */
export function sourceTerms(source: LineageSource, lang: Lang, published = true): string[] {
	const locale = { locale: lang };
	const { acknowledgement, purpose, minimumGroup, validUntil } = source;
	const lines: string[] = [];
	if (acknowledgement)
		lines.push(m.report_source_acknowledgement({ text: acknowledgement }, locale));
	if (purpose) lines.push(m.report_source_purpose({ text: purpose }, locale));
	if (minimumGroup !== undefined)
		lines.push(
			m.report_source_minimum({ count: minimumGroup, text: numberText(minimumGroup, lang) }, locale)
		);
	if (validUntil !== undefined) {
		const day = { day: termDay(validUntil, lang) };
		lines.push(published ? m.report_source_until(day, locale) : m.pinned_source_until(day, locale));
	}
	return lines;
}
