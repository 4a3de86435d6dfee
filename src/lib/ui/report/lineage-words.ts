/** Steps of a lineage in words, in the language of the report. */
import type { Lang } from '$lib/core/notebook/notebook';
import { m } from '$lib/paraglide/messages';

type Name = (inputs: Record<never, never>, options: { locale: Lang }) => string;

const VERBS: Readonly<Record<string, Name>> = {
	filter: m.report_verb_filter,
	derive: m.report_verb_derive,
	groupby: m.report_verb_groupby,
	rollup: m.report_verb_rollup,
	count: m.report_verb_count,
	orderby: m.report_verb_orderby,
	select: m.report_verb_select,
	rename: m.report_verb_rename,
	slice: m.report_verb_slice,
	sample: m.report_verb_sample,
	join: m.report_verb_join,
	join_left: m.report_verb_join,
	join_right: m.report_verb_join,
	join_full: m.report_verb_join,
	lookup: m.report_verb_join,
	dedupe: m.report_verb_dedupe,
	pivot: m.report_verb_pivot,
	fold: m.report_verb_fold,
	impute: m.report_verb_impute,
	code: m.report_verb_code
};

/** What a verb does; a verb of no such list « transforms the table ». */
export const verbWords = (verb: string, lang: Lang): string =>
	(Object.hasOwn(VERBS, verb) ? (VERBS[verb] ?? m.report_verb_other) : m.report_verb_other)(
		{},
		{ locale: lang }
	);
