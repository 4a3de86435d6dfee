/** Asks the server what waits about proposals to and from a notebook. */
import type { ProposalCounts } from '../core/notebook/proposal.ts';
import { askJson } from './ask-json.ts';

/** @throws AppError */
export const loadProposalCounts = (notebookId: string): Promise<ProposalCounts> =>
	askJson<ProposalCounts>(`/api/notebooks/${encodeURIComponent(notebookId)}/proposals`);
