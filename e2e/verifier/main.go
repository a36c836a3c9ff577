// Verifies a log of Shiji with nothing of Shiji: Go's own sumdb packages read the checkpoint, the tiles and the entries.
//
//	verifier FOLDER VKEY [OLDER_CHECKPOINT]
//
// FOLDER holds the files of C2SP tlog-tiles. Says "ok" and what was checked, or why not, with exit status 1.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) < 3 {
		fail(errors.New("usage: verifier FOLDER VKEY [OLDER_CHECKPOINT]"))
	}
	folder := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	fail(err)
	tree, err := open(filepath.Join(folder, "checkpoint"), verifier)
	fail(err)
	// Every entry, hashed anew; the root is computed from them alone.
	stored, err := entries(folder, tree.N)
	fail(err)
	root, err := tlog.TreeHash(tree.N, stored)
	fail(err)
	if root != tree.Hash {
		fail(fmt.Errorf("the %d entries have another root than the checkpoint", tree.N))
	}
	// The tiles lead to the same hashes, and each proves itself against the root.
	served := tlog.TileHashReader(tree, tiles{folder})
	for n := int64(0); n < tree.N; n += 1 + tree.N/500 {
		proof, err := tlog.ProveRecord(tree.N, n, served)
		fail(err)
		leaf, err := stored.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		fail(err)
		fail(tlog.CheckRecord(proof, tree.N, tree.Hash, n, leaf[0]))
	}
	consistent := ""
	if len(os.Args) > 3 {
		older, err := open(os.Args[3], verifier)
		fail(err)
		if older.N > tree.N {
			fail(fmt.Errorf("rolled back: %d entries were signed before, %d are served", older.N, tree.N))
		}
		proof, err := tlog.ProveTree(tree.N, older.N, served)
		fail(err)
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash); err != nil {
			fail(fmt.Errorf("forked: %w", err))
		}
		consistent = fmt.Sprintf(", consistent with the %d signed before", older.N)
	}
	fmt.Printf("ok: %d entries of %s%s\n", tree.N, verifier.Name(), consistent)
}

func fail(err error) {
	if err != nil {
		fmt.Println("not verified:", err)
		os.Exit(1)
	}
}

// open reads a signed checkpoint: three lines of text under the log's signature.
func open(file string, verifier note.Verifier) (tlog.Tree, error) {
	bytes, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := note.Open(bytes, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	var size int64
	if _, err := fmt.Sscanf(lines[1], "%d", &size); err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(h)) {
			return nil, errors.New("a hash behind the end of the log")
		}
		found[i] = h[index]
	}
	return found, nil
}

func entries(folder string, size int64) (hashes, error) {
	var stored hashes
	for n := int64(0); n < size; n += 256 {
		width := min(256, size-n)
		bytes, err := read(folder, "entries", n/256, width)
		if err != nil {
			return nil, err
		}
		for i := int64(0); i < width; i++ {
			if len(bytes) < 2 || len(bytes) < 2+int(binary.BigEndian.Uint16(bytes)) {
				return nil, fmt.Errorf("entry %d is cut off", n+i)
			}
			length := int(binary.BigEndian.Uint16(bytes))
			more, err := tlog.StoredHashes(n+i, bytes[2:2+length], stored)
			if err != nil {
				return nil, err
			}
			stored = append(stored, more...)
			bytes = bytes[2+length:]
		}
	}
	return stored, nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

// read gives a tile or bundle; the full one serves in the place of a partial one.
func read(folder, level string, n, width int64) ([]byte, error) {
	name := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		name = fmt.Sprintf("x%03d/%s", n%1000, name)
	}
	full := filepath.Join(folder, "tile", level, filepath.FromSlash(name))
	if width < 256 {
		if bytes, err := os.ReadFile(fmt.Sprintf("%s.p/%d", full, width)); err == nil {
			return bytes, nil
		}
	}
	return os.ReadFile(full)
}

type tiles struct{ folder string }

func (tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		bytes, err := read(t.folder, fmt.Sprint(tile.L), tile.N, int64(tile.W))
		if err != nil {
			return nil, err
		}
		if len(bytes) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("tile %d/%d is cut off", tile.L, tile.N)
		}
		found = append(found, bytes[:tile.W*tlog.HashSize])
	}
	return found, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
