/** What a form says of a conflict that a person decided. */
import { InvalidError } from '../../core/errors.ts';
import type { Decision } from '../../core/notebook/conflict.ts';
import type { Asked } from '../../core/notebook/merge-change.ts';
import { toCell } from '../../core/notebook/notebook.ts';
import type { Seen } from '../../core/notebook/proposal.ts';
import { textIn, textOf } from '../form.ts';

/** Null where nothing was decided. @throws InvalidError `request_malformed` */
export function readDecision(form: FormData): Asked | null {
	const take = textOf(form, 'take');
	if (take === '') return null;
	const seen = readSeen(textOf(form, 'seen'));
	// A form's lines end otherwise than a cell's.
	const text = textOf(form, 'text').replaceAll('\r\n', '\n');
	const decision: Decision | null =
		take === 'ours' || take === 'theirs' ? { take } : take === 'text' ? { take, text } : null;
	if (!decision) throw new InvalidError('request_malformed');
	return { decision, seen };
}

function readSeen(text: string): Seen {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new InvalidError('request_malformed');
	}
	if (value === null || typeof value === 'string') return value;
	if (typeof value !== 'object') throw new InvalidError('request_malformed');
	const sent = value as Record<string, unknown>;
	return toCell({
		id: textIn(sent, 'id'),
		mode: textIn(sent, 'mode') === 'md' ? 'md' : 'js',
		source: textIn(sent, 'source'),
		pinned: sent.pinned === true
	});
}
