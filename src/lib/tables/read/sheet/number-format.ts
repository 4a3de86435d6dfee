/**
 * What a number format says of the numbers under it: in a workbook a date is a number like any other, and only its
 * format tells. Codes are those of ECMA-376 part 1, 18.8.30 and 18.8.31, always in their English letters.
 */
export const PLAIN = 0;
export const DATE = 1;
export const DATE_TIME = 2;
/** With fractions of a second. */
export const MOMENT = 8;
/** A time of the day. */
export const TIME = 3;
/** Hours that go past 24: `[h]:mm`. */
export const ELAPSED = 4;
/** A share shown in points: 0.726 as 72.6 %. */
export const PERCENT = 5;
/** Points already, with a percent sign written after them. */
export const POINTS = 6;
/** Dollars. */
export const DOLLARS = 7;
/** And the number of digits that are shown at least, three or more: 42 as 00042, which names something. */
export const PADDED = 16;
/** One of the above. */
export type NumberKind = number;

/** Formats that need no code: those of every language, and of East Asian ones. */
export function builtInFormat(id: number): NumberKind {
	if (id === 9 || id === 10) return PERCENT;
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) return DATE;
	if (id === 36) return DATE;
	if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return TIME;
	if (id === 22) return DATE_TIME;
	if (id === 46) return ELAPSED;
	return (id >= 5 && id <= 8) || id === 42 || id === 44 ? DOLLARS : PLAIN;
}

/** Letters that a program writes in a code, at most: what comes after is none of its. */
const MOST_LETTERS = 255;

/** @param written `#,##0.00\ "$"`, `dd/mm/yyyy`, `[h]:mm`… */
export function numberKind(written: string): NumberKind {
	const code = written.slice(0, MOST_LETTERS);
	// The first section is that of positive numbers. What is quoted or escaped is shown as it is.
	let literal = '';
	let section = '';
	let elapsed = false;
	for (let i = 0; i < code.length; i++) {
		const letter = code[i] as string;
		if (letter === ';') break;
		if (letter === '"') {
			const close = code.indexOf('"', i + 1);
			const end = close < 0 ? code.length : close;
			literal += code.slice(i + 1, end);
			i = end;
		} else if (letter === '\\' || letter === '!') literal += code[++i] ?? '';
		else if (letter === '_' || letter === '*') i++;
		else if (letter === '[') {
			const close = code.indexOf(']', i);
			const end = close < 0 ? code.length : close;
			const inside = code.slice(i + 1, end);
			if (/^(h+|m+|s+)$/i.test(inside)) elapsed = true;
			else if (inside.startsWith('$')) literal += inside.slice(1).split('-')[0] ?? '';
			i = end;
		} else section += letter;
	}
	if (elapsed) return ELAPSED;
	if (/^general$/i.test(section.trim())) return PLAIN;
	if (/^0{3,15}$/.test(section) && literal === '') return PADDED + section.length;
	const letters = section
		.replace(/general/gi, '')
		.replace(/am\/pm|a\/p/gi, 'h')
		.replace(/e[+-]/gi, '')
		.toLowerCase();
	// An `m` beside hours or seconds is minutes. Some writers leave the letters of their own language: jj/mm/aaaa.
	const clock = letters.replace(/h[^a-z]*m+/g, 'h').replace(/(?<!m)m+[^a-z]*s/g, 's');
	const timed = /[hs]/.test(clock);
	if (/[ydmj]|aa/.test(clock) || /^e|[^\d#?.]e/.test(clock))
		return !timed ? DATE : /s\.0/.test(clock) ? MOMENT : DATE_TIME;
	if (timed) return TIME;
	if (section.includes('%')) return PERCENT;
	if (/[0#?]/.test(section)) {
		if (literal.includes('%')) return POINTS;
		if (/\$|^\s*CAD\s*$/.test(literal) || section.includes('$')) return DOLLARS;
	}
	return PLAIN;
}
