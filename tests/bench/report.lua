-- One line of JSON for tests/bench/load.py; times in microseconds.
function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "bytes": %d, "p50": %.0f, "p95": %.0f, "errors": %d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(95),
    e.connect + e.read + e.write + e.status + e.timeout))
end
