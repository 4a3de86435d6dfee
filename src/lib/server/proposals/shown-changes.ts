/**
 * What a page sends of a change that a person chose: its id, and how it read before their eyes. A notebook goes on being
 * edited while its changes are looked at, and nobody takes or gives what they were not shown.
 */
import { createHash } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import type { NotebookChange } from '../../core/notebook/change.ts';

/** Two changes that read alike have the same one, wherever what comes stands. */
export function choiceOf(change: NotebookChange): string {
	const text = JSON.stringify(change.kind === 'added' ? { ...change, after: null } : change);
	return `${change.id} ${createHash('sha256').update(text).digest('base64url')}`;
}

/**
 * The ids that were chosen. One that is no more among the changes stays chosen, and is none.
 * @param sent as `choiceOf` made them; an id alone says nothing of how it read
 * @throws AppError `proposal_changed_since` where one reads otherwise now
 */
export function chosenAsShown(
	sent: readonly string[],
	changes: readonly NotebookChange[]
): Set<string> {
	const now = new Map(changes.map((change) => [change.id as string, change]));
	const chosen = new Set<string>();
	for (const choice of sent) {
		const [id = '', shown] = choice.split(' ', 2);
		const change = now.get(id);
		if (shown !== undefined && change && choiceOf(change) !== choice)
			throw new AppError('proposal_changed_since');
		chosen.add(id);
	}
	return chosen;
}
