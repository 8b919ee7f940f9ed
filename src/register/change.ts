/** The ids of what there is, or was made meanwhile. */
export interface Made {
  /** Of the application object. */
  objectId: string;
  clientId: string;
  /** Of the service principal. */
  principalId: string;
}

/** One change: in words, and the way to make it. Each leaves the registration whole. */
export interface Change {
  says: readonly string[];
  make(made: Made): Promise<void>;
}
