/** What the terms of a source make a report print under it, a line each, in the report's language. */
import type { LineageSource } from '$lib/core/governance/terms';
import type { Lang } from '$lib/core/notebook/notebook';
import { longDay, numberText } from '$lib/core/report/cell-text';
import { m } from '$lib/paraglide/messages';

export function sourceTerms(source: LineageSource, lang: Lang): string[] {
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
	if (validUntil !== undefined)
		// Noon there, whatever the season: the day as it is written.
		lines.push(
			m.report_source_until({ day: longDay(Date.parse(`${validUntil}T17:00Z`), lang) }, locale)
		);
	return lines;
}
