CREATE TABLE `deleted_cells` (
	`notebook_id` text NOT NULL,
	`cell_id` text NOT NULL,
	`content` text NOT NULL,
	`bytes` integer NOT NULL,
	`after` text,
	`deleted_by` text,
	`deleted_at` integer NOT NULL,
	PRIMARY KEY(`notebook_id`, `cell_id`),
	FOREIGN KEY (`notebook_id`) REFERENCES `notebooks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`deleted_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deleted_cells_notebook` ON `deleted_cells` (`notebook_id`,`deleted_at`);--> statement-breakpoint
CREATE TABLE `notebook_history` (
	`id` text PRIMARY KEY NOT NULL,
	`notebook_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text,
	`content` text NOT NULL,
	`bytes` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`notebook_id`) REFERENCES `notebooks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notebook_history_notebook` ON `notebook_history` (`notebook_id`,`created_at`);