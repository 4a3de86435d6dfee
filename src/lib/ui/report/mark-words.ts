/** The marks of a chart in words, in the language of the report. */
import type { Lang } from '$lib/core/notebook/notebook';
import { m } from '$lib/paraglide/messages';

type Name = (inputs: Record<never, never>, options: { locale: Lang }) => string;

const MARKS: Readonly<Record<string, Name>> = {
	bar: m.report_mark_bar,
	line: m.report_mark_line,
	area: m.report_mark_area,
	dot: m.report_mark_dot,
	text: m.report_mark_text,
	cell: m.report_mark_cell,
	rect: m.report_mark_rect,
	rule: m.report_mark_rule,
	tick: m.report_mark_rule,
	link: m.report_mark_link,
	arrow: m.report_mark_link
};

/** What a table of a chart's data is called: by its mark when that has a word. */
export function markCaption(mark: string, lang: Lang): string {
	const locale = { locale: lang };
	const word = Object.hasOwn(MARKS, mark) ? MARKS[mark]?.({}, locale) : undefined;
	return word
		? m.report_chart_data_caption({ mark: word }, locale)
		: m.report_chart_data_plain({}, locale);
}
