/** What can be done with a step, by its place among the steps. */
export interface StepActions {
	select(index: number): void;
	edit(index: number): void;
	switch(index: number, off: boolean): void;
	move(from: number, to: number): void;
	duplicate(index: number): void;
	remove(index: number): void;
	/** Opens the menu of steps for one that comes before the step at `index`. */
	insert(index: number): void;
	/** Names another column in a step. */
	swap(index: number, from: string, to: string): void;
	/** Has a control set a constant of the step. */
	adjust(index: number): void;
}
