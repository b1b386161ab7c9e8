// A node of hashicorp/memberlist with its published defaults for a local network, to be compared with.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/hashicorp/memberlist"
)

const port = 7500

type events struct{}

func say(what string, node *memberlist.Node) {
	fmt.Printf("%d %s %s\n", time.Now().UnixMilli(), what, node.Name)
}

func (events) NotifyJoin(node *memberlist.Node)   { say("JOINED", node) }
func (events) NotifyLeave(node *memberlist.Node)  { say("REMOVED", node) }
func (events) NotifyUpdate(node *memberlist.Node) {}

// Arguments: its name, its address, and the addresses of seeds.
func main() {
	config := memberlist.DefaultLANConfig()
	config.Name = os.Args[1]
	config.BindAddr = os.Args[2]
	config.AdvertiseAddr = os.Args[2]
	config.BindPort = port
	config.AdvertisePort = port
	key := sha256.Sum256([]byte("bench"))
	config.SecretKey = key[:]
	config.Events = events{}
	config.Logger = log.New(io.Discard, "", 0)
	list, err := memberlist.Create(config)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		if _, err := list.Join(os.Args[3:]); err == nil && list.NumMembers() > 1 {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	select {}
}
