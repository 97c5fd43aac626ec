/** No complete response head within the attempt's deadline. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** The receiver's bytes parse but mean nothing: a status outside 200–599, a flood of interim responses. */
export class MalformedResponse extends Error {
  override readonly name = 'MalformedResponse';
}
