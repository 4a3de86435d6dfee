/** What has to change in one text for it to be another: the part between what both begin and end with. */
import type { TextEdit } from '$lib/core/pipeline/step';

export function changeOf(before: string, after: string): TextEdit {
	const most = Math.min(before.length, after.length);
	let at = 0;
	while (at < most && before[at] === after[at]) at++;
	let end = 0;
	while (end < most - at && before[before.length - 1 - end] === after[after.length - 1 - end])
		end++;
	return { at, length: before.length - at - end, insert: after.slice(at, after.length - end) };
}
