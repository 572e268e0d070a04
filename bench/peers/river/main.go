// What River does on the PostgreSQL of the URL, in the two figures that bench/flow.py prints of Mainstay: no-op jobs a
// second, inserted in batches, a transaction each, while they are worked, until the table says that the last is
// completed; and how long after its insertion a job begins, at a steady rate. Prints one line of JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"os"
	"sort"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

const (
	batch       = 100
	noOps       = 20_000
	paced       = 900
	ratePerS    = 300
	connections = 8
	workers     = 100 // of its own examples
)

type NoOp struct{}

func (NoOp) Kind() string { return "no_op" }

type NoOpWorker struct{ river.WorkerDefaults[NoOp] }

func (*NoOpWorker) Work(context.Context, *river.Job[NoOp]) error { return nil }

type Paced struct {
	Number int `json:"number"`
}

func (Paced) Kind() string { return "paced" }

type PacedWorker struct {
	river.WorkerDefaults[Paced]
	begun [paced]time.Time
	done  sync.WaitGroup
}

func (w *PacedWorker) Work(_ context.Context, job *river.Job[Paced]) error {
	w.begun[job.Args.Number] = time.Now()
	w.done.Done()
	return nil
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	ctx := context.Background()
	config, err := pgxpool.ParseConfig(os.Args[1])
	check(err)
	config.MaxConns = connections
	pool, err := pgxpool.NewWithConfig(ctx, config)
	check(err)
	driver := riverpgxv5.New(pool)
	migrator, err := rivermigrate.New(driver, nil)
	check(err)
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	check(err)

	pacedWorker := &PacedWorker{}
	known := river.NewWorkers()
	river.AddWorker(known, &NoOpWorker{})
	river.AddWorker(known, pacedWorker)
	client, err := river.NewClient(driver, &river.Config{
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		Workers: known,
		Logger:  slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	check(err)
	check(client.Start(ctx))
	rate := noOpsPerSecond(ctx, client, pool)
	waits := pickups(ctx, client, pacedWorker)
	check(client.Stop(ctx))
	line, err := json.Marshal(map[string]float64{
		"no_op_jobs_per_s": rate, "pickup_p50_us": at(waits, 0.50), "pickup_p95_us": at(waits, 0.95),
		"pickup_p99_us": at(waits, 0.99)})
	check(err)
	fmt.Println(string(line))
}

func noOpsPerSecond(ctx context.Context, client *river.Client[pgx.Tx], pool *pgxpool.Pool) float64 {
	jobs := make([]river.InsertManyParams, batch)
	for i := range jobs {
		jobs[i] = river.InsertManyParams{Args: NoOp{}}
	}
	began := time.Now()
	for i := 0; i < noOps; i += batch {
		_, err := client.InsertManyFast(ctx, jobs)
		check(err)
	}
	for left := noOps; left > 0; {
		time.Sleep(10 * time.Millisecond)
		check(pool.QueryRow(ctx, "SELECT count(*) FROM river_job WHERE state <> 'completed'").Scan(&left))
	}
	return noOps / time.Since(began).Seconds()
}

func pickups(ctx context.Context, client *river.Client[pgx.Tx], worker *PacedWorker) []float64 {
	var committed [paced]time.Time
	worker.done.Add(paced)
	next := time.Now()
	for i := range committed {
		time.Sleep(time.Until(next))
		next = next.Add(time.Second / ratePerS)
		_, err := client.Insert(ctx, Paced{Number: i}, nil)
		check(err)
		committed[i] = time.Now()
	}
	worker.done.Wait()
	waits := make([]float64, paced)
	for i := range waits {
		waits[i] = max(0, float64(worker.begun[i].Sub(committed[i]).Microseconds()))
	}
	sort.Float64s(waits)
	return waits
}

func at(sorted []float64, share float64) float64 {
	return sorted[int(share*float64(len(sorted)-1))]
}
