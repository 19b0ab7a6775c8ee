-- For tests/bench/load.py: asks the paths given after "--" in turn (else the one of the
-- address), and prints one line of JSON; times in microseconds.
local paths, place = {}, 0

function init(args)
  for i = 1, #args do paths[i] = wrk.format("GET", args[i]) end
end

function request()
  if #paths == 0 then return wrk.format() end
  place = place % #paths + 1
  return paths[place]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "bytes": %d, "p50": %.0f, "p95": %.0f, "errors": %d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(95),
    e.connect + e.read + e.write + e.status + e.timeout))
end
