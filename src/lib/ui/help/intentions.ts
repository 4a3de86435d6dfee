/**
 * What a person may want to do, in the order in which the help shows it: the steps of the menu of steps, the kinds of
 * charts and the making of a control, each under the heading where it is looked for.
 */
import { CHART_KINDS, type ChartKind } from '$lib/core/chart/chart-spec';
import { foldedText } from '$lib/core/folded-text';
import { m } from '$lib/paraglide/messages';
import { chartKindName } from '../chart/panel/words';
import { INTENTS, type Intent, type IntentGroup } from '../pipeline/intents';

export const TOPICS = [
	...(['rows', 'sort', 'compute', 'summarise', 'dates'] as const),
	...(['join', 'tidy', 'draw', 'adjust'] as const)
];
export type Topic = (typeof TOPICS)[number];

const TOPIC_NAMES: Record<Topic, () => string> = {
	rows: m.learn_group_rows,
	sort: m.learn_group_sort,
	compute: m.learn_group_compute,
	summarise: m.learn_group_summarise,
	dates: m.learn_group_dates,
	join: m.learn_group_join,
	tidy: m.learn_group_tidy,
	draw: m.learn_group_draw,
	adjust: m.learn_group_adjust
};
export const topicName = (topic: Topic): string => TOPIC_NAMES[topic]();

export type Intention = {
	/** Unique in the help. */
	readonly id: string;
	readonly topic: Topic;
	readonly label: () => string;
	/** In a few words. */
	readonly hint: () => string;
	/** In one or two sentences. */
	readonly text: () => string;
} & (
	| { readonly kind: 'step'; readonly intent: Intent }
	| { readonly kind: 'chart'; readonly chart: ChartKind }
	| { readonly kind: 'adjust' }
);

const TEXTS: Readonly<Record<string, () => string>> = {
	filter: m.learn_do_filter,
	sort: m.learn_do_sort,
	first: m.learn_do_first,
	top: m.learn_do_top,
	dedupe: m.learn_do_dedupe,
	sample: m.learn_do_sample,
	derive: m.learn_do_derive,
	select: m.learn_do_select,
	drop: m.learn_do_drop,
	rename: m.learn_do_rename,
	relocate: m.learn_do_relocate,
	date: m.learn_do_date,
	bin: m.learn_do_bin,
	text: m.learn_do_text,
	summarise: m.learn_do_summarise,
	running: m.learn_do_running,
	share: m.learn_do_share,
	rank: m.learn_do_rank,
	difference: m.learn_do_difference,
	join: m.learn_do_join,
	lookup: m.learn_do_lookup,
	stack: m.learn_do_stack,
	pivot: m.learn_do_pivot,
	unpivot: m.learn_do_unpivot,
	fill: m.learn_do_fill,
	flag: m.learn_do_flag,
	recode: m.learn_do_recode,
	type: m.learn_do_type
};
const DRAWINGS: Record<ChartKind, () => string> = {
	bars: m.learn_draw_bars,
	lines: m.learn_draw_lines,
	areas: m.learn_draw_areas,
	dots: m.learn_draw_dots,
	histogram: m.learn_draw_histogram,
	box: m.learn_draw_box,
	heatmap: m.learn_draw_heatmap,
	'ranked-dots': m.learn_draw_ranked,
	slope: m.learn_draw_slope,
	dumbbell: m.learn_draw_dumbbell,
	funnel: m.learn_draw_funnel,
	waterfall: m.learn_draw_waterfall,
	ageing: m.learn_draw_ageing,
	'region-tiles': m.learn_draw_tiles
};

/** Where the menu of steps has another order than what people look for. */
const TOPIC_OF: Readonly<Record<string, Topic>> = {
	sort: 'sort',
	top: 'sort',
	rank: 'sort',
	date: 'dates',
	derive: 'compute',
	bin: 'compute',
	running: 'compute',
	share: 'compute',
	difference: 'compute',
	pivot: 'summarise'
};
const GROUP_TOPICS: Record<IntentGroup, Topic> = {
	rows: 'rows',
	columns: 'tidy',
	groups: 'summarise',
	tables: 'join',
	shape: 'tidy',
	clean: 'tidy'
};

const ALL: readonly Intention[] = [
	...INTENTS.map((intent): Intention => ({
		...{ kind: 'step', id: intent.id, intent, label: intent.label, hint: intent.hint },
		topic: TOPIC_OF[intent.id] ?? GROUP_TOPICS[intent.group],
		text: TEXTS[intent.id] ?? intent.hint
	})),
	...CHART_KINDS.map((chart): Intention => ({
		...{ kind: 'chart', id: `chart-${chart}`, topic: 'draw', chart },
		label: (_?: object, options?: { locale?: 'fr' | 'en' }) => chartKindName(chart, options),
		hint: DRAWINGS[chart],
		text: DRAWINGS[chart]
	})),
	{
		...{ kind: 'adjust', id: 'adjust', topic: 'adjust' },
		label: m.learn_adjust_label,
		hint: m.learn_adjust_hint,
		text: m.learn_do_adjust
	}
];
export const INTENTIONS: readonly Intention[] = TOPICS.flatMap((topic) =>
	ALL.filter((one) => one.topic === topic)
);

/** In both languages: « top » finds « Palmarès ». */
function wordsOf({ id, topic, label, hint, text }: Intention): string {
	const say = (message: () => string): string[] =>
		(['fr', 'en'] as const).map((locale) =>
			(message as (inputs: object, options: { locale: 'fr' | 'en' }) => string)({}, { locale })
		);
	const said = [label, hint, text, TOPIC_NAMES[topic]].flatMap(say);
	return foldedText([id, ...said].join(' ').replace(/[’'«»().,]/g, ' '));
}

/** Those in whose words every typed word is found, whatever its accents: those that are called so come first. */
export function findIntentions(typed: string): readonly Intention[] {
	const words = foldedText(typed).split(' ').filter(Boolean);
	if (words.length === 0) return INTENTIONS;
	const rank = (one: Intention): number => {
		const [first = ''] = words;
		return one.id === first || foldedText(one.label()).startsWith(first) ? 0 : 1;
	};
	return INTENTIONS.filter((one) => {
		const said = wordsOf(one);
		return words.every(
			(word) => ` ${said}`.includes(` ${word}`) || (word.length > 3 && said.includes(word))
		);
	}).sort((a, b) => rank(a) - rank(b));
}
