/** What a discussion is about, and what became of it, in words. */
import type { Anchor, AnchorStanding, KeyPart, KeyValue } from '$lib/core/annotation/anchor';
import { dayWords } from '$lib/core/date-text';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

/** Characters of a quote within a sentence. */
const QUOTED = 80;
const short = (text: string): string => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > QUOTED ? `${line.slice(0, QUOTED).trimEnd()}…` : line;
};

/** A value as a person reads it. */
export function keyValueText(value: KeyValue): string {
	if (value === null) return m.discuss_value_missing();
	if (value === true) return m.discuss_value_true();
	if (value === false) return m.discuss_value_false();
	if (typeof value === 'number')
		// A year is a number like another: it has no thousands.
		return Number.isInteger(value) && Math.abs(value) < 10_000
			? String(value)
			: value.toLocaleString(`${getLocale()}-CA`, { maximumFractionDigits: 12 });
	if (typeof value === 'string') return short(value);
	const { date } = value;
	const time = Date.parse(date);
	if (Number.isNaN(time)) return short(date);
	const whole = /^\d{4}-\d{2}-\d{2}(?:T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:00)?)?$/.test(date);
	if (whole) return dayWords(time, getLocale());
	return m.discuss_value_moment({ day: dayWords(time, getLocale()), hour: hourWords(time) });
}
/** « 19 h 30 », « 9 h », “7:30 p.m.”: in UTC, as the day is. */
function hourWords(time: number): string {
	if (getLocale() === 'en')
		return new Intl.DateTimeFormat('en-CA', { timeStyle: 'short', timeZone: 'UTC' }).format(time);
	const date = new Date(time);
	const minutes = date.getUTCMinutes();
	return `${date.getUTCHours()}\u00a0h${minutes ? `\u00a0${String(minutes).padStart(2, '0')}` : ''}`;
}

const keysText = (keys: readonly KeyPart[]): string =>
	keys.map(({ value }) => keyValueText(value)).join(', ');

/** By Plot's names of marks. */
const MARKS: readonly (readonly [RegExp, (keys: { keys: string }) => string])[] = [
	[/^(bar|rect|waffle)/, m.discuss_about_bar],
	[/^(dot|circle|hexagon|text|image|vector)/, m.discuss_about_dot],
	[/^(line|rule|tick|link|arrow)/, m.discuss_about_line],
	[/^area/, m.discuss_about_area],
	[/^cell/, m.discuss_about_box]
];

/**
 * « sur la barre : Montréal, 2024 ».
 * @param excerpt how it read when the discussion was begun
 */
export function anchorWords(anchor: Anchor, excerpt: string): string {
	switch (anchor.kind) {
		case 'cell':
			return m.discuss_about_cell();
		case 'text':
			return m.discuss_about_text({ quote: short(anchor.quote) });
		case 'step':
			return m.discuss_about_step({ words: short(excerpt || anchor.quote) });
		case 'mark': {
			if (anchor.keys.length === 0) return m.discuss_about_some_shape();
			const words = MARKS.find(([name]) => name.test(anchor.mark))?.[1] ?? m.discuss_about_shape;
			return words({ keys: keysText(anchor.keys) });
		}
		case 'row':
			return anchor.keys.length
				? m.discuss_about_row({ keys: keysText(anchor.keys) })
				: m.discuss_about_some_row();
		case 'value': {
			const value = keyValueText(anchor.value);
			const { column } = anchor;
			return anchor.keys.length
				? m.discuss_about_value({ value, column, keys: keysText(anchor.keys) })
				: m.discuss_about_lone_value({ value, column });
		}
		case 'outcome':
			return m.discuss_about_outcome();
	}
}

/**
 * What became of it, where that needs a word; null where it is as it was.
 * @param cellStands whether its cell is in the notebook
 */
export function standingWords(
	anchor: Anchor,
	standing: AnchorStanding,
	cellStands: boolean
): string | null {
	if (!cellStands) return m.discuss_gone_cell();
	if (standing === 'here') return null;
	if (standing === 'unknown') return m.discuss_unknown();
	const gone = standing === 'gone';
	switch (anchor.kind) {
		case 'cell':
			return gone ? m.discuss_gone_cell() : null;
		case 'text':
			return gone ? m.discuss_gone_text() : m.discuss_changed_text();
		case 'step':
			return gone ? m.discuss_gone_step() : m.discuss_changed_step();
		case 'mark':
			return gone ? m.discuss_gone_mark() : m.discuss_changed_data();
		case 'row':
			return gone ? m.discuss_gone_row() : m.discuss_changed_data();
		case 'value':
			return gone ? m.discuss_gone_row() : m.discuss_changed_value();
		case 'outcome':
			return gone ? m.discuss_gone_outcome() : m.discuss_changed_outcome();
	}
}

interface Quoting {
	readonly anchor: Anchor;
	readonly excerpt: string;
	readonly excerptChecked: boolean;
}
/** What may be printed as the notebook's own words. */
export const checkedExcerpt = ({ excerpt, excerptChecked }: Quoting): string =>
	excerptChecked ? excerpt : '';

/** What `readThen` says is the word of who began the discussion: nobody could check it. */
export const isOnesWord = ({ anchor: { kind }, excerptChecked }: Quoting): boolean =>
	!excerptChecked && kind !== 'text' && kind !== 'step';

/**
 * How it read when the discussion was begun.
 * @param checked the server read the excerpt in the notebook
 */
export function readThen(anchor: Anchor, excerpt: string, checked: boolean): string {
	switch (anchor.kind) {
		case 'text':
			return anchor.quote;
		case 'step':
			// The quote was always held to the text.
			return (checked && excerpt) || anchor.quote;
		case 'outcome':
			return anchor.reading || excerpt;
		case 'value':
			return keyValueText(anchor.value);
		case 'mark':
		case 'row':
			return excerpt || keysText(anchor.keys);
		case 'cell':
			return excerpt;
	}
}
