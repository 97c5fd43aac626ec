import classes from './endpoint-name.module.css';

/** The engine shows no path or query of it here: they may hold credentials. */
export function EndpointName({ id, origin }: { readonly id: string; readonly origin: string }) {
  return (
    <>
      <span className={`mono ${classes.origin ?? ''}`}>{origin}</span>
      <span className={`mono ${classes.id ?? ''}`}>{id}</span>
    </>
  );
}
