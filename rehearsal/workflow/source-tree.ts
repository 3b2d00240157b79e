/** The files of a repository at one commit: what `$/` and a workflow's own `./` mean. */
export interface SourceTree {
  readonly root: string;
  /** `owner/name` */
  readonly repository: string;
  readonly ref: string;
  readonly sha: string;
}

/** `--repo owner/repo@ref=path`. Without a ref every ref is meant. */
export interface RepositoryMapping {
  readonly repository: string;
  readonly ref: string | undefined;
  readonly path: string;
}
