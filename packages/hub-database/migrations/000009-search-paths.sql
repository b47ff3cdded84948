-- Unless it is named, the schema of temporary tables is looked into first, also by functions that run with the owner's
-- rights: named last, it can put nothing in front.
do $$
declare
  function_name regprocedure;
begin
  for function_name in
    select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'intake' and p.prosecdef
  loop
    execute format('alter function %s set search_path = pg_catalog, pg_temp', function_name);
  end loop;
end $$;
