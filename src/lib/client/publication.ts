/** Asks the server to review or publish a report. */
import { AppError } from '../core/errors.ts';
import type { ExploreBar } from '../core/governance/explore.ts';
import type { PublishRefusal } from '../core/governance/publish.ts';
import type { Lang } from '../core/notebook/notebook.ts';
import type { LeftOut, ReportContent } from '../core/report/report.ts';

export interface PublicationRequest {
	readonly content: ReportContent;
	/** The cells as they ran. */
	readonly ran: readonly { readonly id: string; readonly source: string }[];
	/** The report to add a version to; null: a new one. */
	readonly reportId: string | null;
	/** The address asked for a new report; '': made from its title. */
	readonly slug: string;
	/** The results that are not published: the next version starts from it. */
	readonly leftOut: readonly LeftOut[];
	/** Its author opens it to exploration. */
	readonly explorable: boolean;
}

/** What the server lets the author decide of exploration. */
export interface ExploreOffer {
	/** Why it cannot be explored; null: it is for the author to say. */
	readonly bar: ExploreBar | null;
	/** Titles of the datasets whose rows readers would be given. */
	readonly datasets: readonly string[];
}

export interface PublicationAnswer {
	readonly refusals: readonly PublishRefusal[];
	readonly published: {
		readonly reportId: string;
		readonly slug: string;
		readonly lang: Lang;
		readonly number: number;
	} | null;
	/** null: nothing in the report follows from a control. */
	readonly explore: ExploreOffer | null;
}

/** @throws AppError with the server's code, or `offline` */
export async function askPublication(
	notebookId: string,
	request: PublicationRequest,
	review: boolean
): Promise<PublicationAnswer> {
	let response: Response;
	try {
		response = await fetch(`/api/notebooks/${encodeURIComponent(notebookId)}/report`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ...request, review })
		});
	} catch {
		throw new AppError('offline');
	}
	if (response.ok) return (await response.json()) as PublicationAnswer;
	if (response.status === 413) throw new AppError('report_too_large');
	const refusal = (await response.json().catch(() => ({}))) as {
		code?: unknown;
		details?: Record<string, string | number>;
	};
	throw new AppError(
		typeof refusal.code === 'string' ? refusal.code : 'unexpected',
		refusal.details ?? {}
	);
}
