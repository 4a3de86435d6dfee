/**
 * Publishes the demo's report, in both languages, on the starter notebooks that it was made of. Its content is the
 * committed outcome of running them (`npm run demo:report`): the server evaluates nothing.
 */
import type { Lang, Notebook } from '../../../core/notebook/notebook.ts';
import type { Actor, App } from '../../app.ts';
import { roomsOf } from '../../collab/rooms.ts';
import { publishDocument } from '../../reports/publish.ts';
import english from './en.json' with { type: 'json' };
import french from './fr.json' with { type: 'json' };

/** A notebook as it stands in the store. */
export interface KeptNotebook {
	readonly id: string;
	readonly notebook: Notebook;
}

export function publishDemoReport(
	app: App,
	actor: Actor,
	notebooks: Readonly<Record<Lang, KeptNotebook>>
): void {
	const publish = (
		content: unknown,
		{ id, notebook }: KeptNotebook,
		reportId: string | null
	): string => {
		const ran = notebook.cells.map((cell) => ({ id: cell.id, source: cell.source }));
		// As it was just written, in the transaction that seeds: nobody has it open, so that no edit of it waits.
		const doc = roomsOf(app).journal.load(id);
		// Its data are synthetic, and their rows may be published: whoever comes may try.
		const request = { content, ran, reportId, explorable: true };
		const { published, refusals } = publishDocument(app, actor, id, doc, request);
		if (!published) throw new Error(`the demo report was refused: ${JSON.stringify(refusals)}`);
		return published.reportId;
	};
	publish(english, notebooks.en, publish(french, notebooks.fr, null));
}
