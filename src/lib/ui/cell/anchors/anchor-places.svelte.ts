/** Where in what a cell gives the discussions are that people have about it, for those who draw it. */
import type { PointThread } from '../../chart/chart-talk';
import type { RowThread } from '../../table/grid-talk';

/** A place, and the discussion there; what else is told of a discussion is read where it is drawn. */
export interface MarkPlace extends Pick<PointThread, 'thread' | 'layer' | 'at'> {
	/** Which of the cell's outputs. */
	readonly output: number;
}
export interface TablePlace extends Pick<RowThread, 'thread' | 'column' | 'before'> {
	/** The worker's handle. */
	readonly table: string;
	readonly row: number;
}

export class AnchorPlaces {
	marks = $state.raw<readonly MarkPlace[]>([]);
	rows = $state.raw<readonly TablePlace[]>([]);
}
