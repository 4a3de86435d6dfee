/** Health insurance, social insurance and payment card numbers in a plain text. Every repetition is bounded. */
import { isCard, isRamqShape, isSin, passesRamq } from './check-digits.ts';
import { around, NUMBER_BEFORE } from './near-words.ts';
import type { Span } from './span.ts';
import { FEATURE } from './text-features.ts';

const RAMQ =
	/(?<![A-Za-z0-9_])([A-Za-z]{3} ?[A-Za-z])[ .\-/]{0,3}([0-9Oo]{2})[ .\-/]{0,2}([0-9Oo]{2})[ .\-/]{0,3}([0-9OoIl]{2})[ .\-/]{0,3}([0-9OoIl]{2})(?![A-Za-z0-9_])/g;
const HEALTH_WORD =
	/(?:ramq|\bn\.?a\.?m\b|ass(?:urance|\.)?[ -]{0,2}mal|carte[ -]{0,2}soleil|health (?:card|insurance|no|number|#)|medicare|\bhin\b)/i;

const NINE =
	/(?<![\p{L}\p{N}_.,$-]|\p{N} )(\d{3})([ .\-/]{0,3})(\d{3})([ .\-/]{0,3})(\d{3})(?![\p{L}\p{N}_]|[.,-]\p{N}| \p{N})/uy;
const SIN_WORD =
	/(?:\bn\.? ?a\.? ?s\b|\bs\.? ?i\.? ?n\b|assurance[ -]{0,2}sociale|ass\.? ?soc|social insurance|t4a?\b|relev[ée] ?\d|\btps\b)/i;

const CARD =
	/(?<![\p{L}\p{N}_.,-]|\p{N} )\d{4}[ .-]{0,3}(?:\d{4}[ .-]{0,3}\d{4}[ .-]{0,3}\d{4}|\d{6}[ .-]{0,3}\d{5})(?![\p{L}\p{N}_]|[.,-]\p{N}| \p{N})/uy;
const CARD_WORD =
	/(?:\bcartes?\b|\bcards?\b|visa|master ?card|\bamex\b|american express|cr[ée]dit|d[ée]bit|\bcc\b|\bpan\b|remb|refund|charged?)/i;

/** @param features what `featuresOf` says of the text; @param starts what `figureStarts` says of it */
export function scanNumbers(
	text: string,
	features: number,
	starts: readonly number[],
	spans: Span[]
): void {
	if (features & FEATURE.six) {
		RAMQ.lastIndex = 0;
		for (let match = RAMQ.exec(text); match; match = RAMQ.exec(text)) {
			const letters = (match[1] ?? '').replace(' ', '').toUpperCase();
			const number = letters + match.slice(2).join('').replace(/[Oo]/g, '0').replace(/[Il]/g, '1');
			if (!isRamqShape(number)) continue;
			const before = text.slice(Math.max(0, match.index - 60), match.index);
			// One in five passes by chance: of a sentence's worth of codes, that is few.
			const told = passesRamq(number) || HEALTH_WORD.test(before);
			spans.push({
				kind: 'health_number',
				start: match.index,
				end: match.index + match[0].length,
				grade: told ? 'sure' : 'weak'
			});
		}
	}
	if (features & FEATURE.nine) {
		for (const at of starts) {
			NINE.lastIndex = at;
			const match = NINE.exec(text);
			if (!match) continue;
			const [all, a = '', first = '', b = '', second = '', c = ''] = match;
			if (!isSin(a + b + c)) continue;
			const before = text.slice(Math.max(0, match.index - 40), match.index);
			const named = SIN_WORD.test(before);
			const inThrees = first !== '' && second !== '';
			spans.push({
				kind: 'sin',
				start: match.index,
				end: match.index + all.length,
				// One number of nine figures in ten passes by chance.
				grade: named || (inThrees && !NUMBER_BEFORE.test(before)) ? 'sure' : 'weak'
			});
		}
	}
	if (features & FEATURE.fifteen) {
		for (const at of starts) {
			CARD.lastIndex = at;
			const match = CARD.exec(text);
			if (!match || !isCard(match[0].replace(/\D/g, ''))) continue;
			const before = around(text, match.index);
			const inFours = match[0].length > 16;
			const alone = match[0].length >= text.trim().length - 1;
			spans.push({
				kind: 'card',
				start: match.index,
				end: match.index + match[0].length,
				grade:
					CARD_WORD.test(before) || (!NUMBER_BEFORE.test(before) && (inFours || !alone))
						? 'sure'
						: 'weak'
			});
		}
	}
}
